import {
  type KeyEntry,
  type KeyRecord,
  type KeyState,
  type Limit,
  type Metadata,
  type Restrictions,
  type StoredDigest,
  searchText,
} from "@claviger/core";
import type { Columns } from "../columns.js";

interface EveryRow {
  readonly id: string;
  readonly tenant: string;
  readonly version: number;
  readonly created_at: number;
  readonly updated_at: number;
  readonly head: string | null;
}

interface DigestColumns {
  readonly digest_alg: string | null;
  readonly digest_pepper: string | null;
  readonly digest_hex: string | null;
}

interface RotationColumns {
  readonly previous_alg: string | null;
  readonly previous_pepper: string | null;
  readonly previous_hex: string | null;
  readonly previous_secret_version: number | null;
  readonly rotation_started_at: number | null;
  readonly previous_ends_at: number | null;
  readonly previous_expires_at: number | null;
}

interface KeptRow extends EveryRow, DigestColumns, RotationColumns {
  readonly state: Exclude<KeyState, "destroyed">;
  readonly owner: string;
  readonly name: string;
  readonly created_by: string;
  readonly scopes: readonly string[];
  readonly limits: readonly Limit[];
  readonly restrictions: Restrictions;
  readonly metadata: Metadata;
  readonly expires_at: number | null;
  readonly not_before: number | null;
  readonly secret_version: number;
}

interface TombstoneRow extends EveryRow {
  readonly state: "destroyed";
}

/** What is derived from the record or belongs to the write. */
interface WriteOnlyColumns {
  readonly search: string;
  readonly event_id: string;
}

/** A key as a statement takes it. Columns that a tombstone lacks are null. */
export type WrittenKeyRow = (KeptRow & WriteOnlyColumns) | (TombstoneRow & Pick<WriteOnlyColumns, "event_id">);

export const WRITTEN_COLUMNS: Columns<keyof KeptRow | keyof WriteOnlyColumns> = {
  id: "text",
  tenant: "text",
  state: "text",
  version: "bigint",
  created_at: "bigint",
  updated_at: "bigint",
  head: "text",
  created_by: "text",
  owner: "text",
  name: "text",
  scopes: "text[]",
  limits: "json",
  restrictions: "json",
  metadata: "json",
  expires_at: "bigint",
  not_before: "bigint",
  secret_version: "bigint",
  digest_alg: "text",
  digest_pepper: "text",
  digest_hex: "text",
  previous_alg: "text",
  previous_pepper: "text",
  previous_hex: "text",
  previous_secret_version: "bigint",
  rotation_started_at: "bigint",
  previous_ends_at: "bigint",
  previous_expires_at: "bigint",
  search: "text",
  event_id: "text",
};

/** @param eventId of the event that is written with it */
export function toKeyRow(key: KeyEntry, eventId: string): WrittenKeyRow {
  const { id, tenant, version, createdAt, updatedAt, head } = key;
  const every = { id, tenant, version, created_at: createdAt, updated_at: updatedAt, head, event_id: eventId };
  if (key.state === "destroyed") return { ...every, state: key.state };
  return {
    ...every,
    state: key.state,
    created_by: key.createdBy,
    owner: key.owner,
    name: key.name,
    search: searchText(key),
    scopes: key.scopes,
    limits: key.limits,
    restrictions: key.restrictions,
    metadata: key.metadata,
    expires_at: key.expiresAt,
    not_before: key.notBefore,
    secret_version: key.secretVersion,
    digest_alg: key.digest.alg,
    digest_pepper: pepperOf(key.digest),
    digest_hex: key.digest.hex,
    ...rotationColumns(key.rotation),
  };
}

function rotationColumns(rotation: KeyRecord["rotation"]): RotationColumns {
  return {
    previous_alg: rotation?.previous.alg ?? null,
    previous_pepper: rotation === null ? null : pepperOf(rotation.previous),
    previous_hex: rotation?.previous.hex ?? null,
    previous_secret_version: rotation?.previousSecretVersion ?? null,
    rotation_started_at: rotation?.startedAt ?? null,
    previous_ends_at: rotation?.previousEndsAt ?? null,
    previous_expires_at: rotation?.previousExpiresAt ?? null,
  };
}

function pepperOf(digest: StoredDigest): string | null {
  return digest.alg === "hmac-sha256" ? digest.pepperId : null;
}
