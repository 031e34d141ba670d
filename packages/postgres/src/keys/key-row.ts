import {
  type KeyEntry,
  type KeyRecord,
  type KeyState,
  type Limit,
  type Metadata,
  type Restrictions,
  type StoredDigest,
  type StoredKey,
  searchText,
} from "@claviger/core";
import type { Columns } from "../columns.js";

const FIRST_SECRET_VERSION = 1;

interface EveryRow {
  readonly id: string;
  readonly tenant: string;
  readonly version: number;
  readonly created_at: number;
  readonly updated_at: number;
  /** Null in rows from before the column. */
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
  /** Null in rows from before the column. */
  readonly secret_version: number | null;
}

interface TombstoneRow extends EveryRow {
  readonly state: "destroyed";
}

/** What is beside the record. */
interface ReadOnlyColumns {
  readonly last_used_at: number | null;
}

/** What is derived from the record or belongs to the write. */
interface WriteOnlyColumns {
  readonly search: string;
  readonly event_id: string;
}

/** A key as a statement returns it. */
export type KeyRow = (KeptRow & ReadOnlyColumns) | TombstoneRow;

/** A key as a statement takes it. Columns that a tombstone lacks are null. */
export type WrittenKeyRow = (KeptRow & WriteOnlyColumns) | (TombstoneRow & Pick<WriteOnlyColumns, "event_id">);

const RECORD_COLUMNS: Columns<keyof KeptRow> = {
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
};

export const READ_COLUMNS: Columns<keyof KeptRow | keyof ReadOnlyColumns> = {
  ...RECORD_COLUMNS,
  last_used_at: "bigint",
};

export const WRITTEN_COLUMNS: Columns<keyof KeptRow | keyof WriteOnlyColumns> = {
  ...RECORD_COLUMNS,
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

export function fromKeyRow(row: KeyRow): StoredKey {
  const { id, tenant, version, created_at: createdAt, updated_at: updatedAt, head } = row;
  if (row.state === "destroyed") return { state: row.state, id, tenant, createdAt, updatedAt, version, head };
  return {
    state: row.state,
    id,
    tenant,
    owner: row.owner,
    name: row.name,
    scopes: row.scopes,
    limits: row.limits,
    restrictions: row.restrictions,
    metadata: row.metadata,
    createdAt,
    createdBy: row.created_by,
    updatedAt,
    expiresAt: row.expires_at,
    notBefore: row.not_before,
    version,
    secretVersion: toSecretVersion(row),
    digest: toDigest(row.digest_alg, row.digest_pepper, row.digest_hex),
    rotation: toRotation(row),
    head,
    lastUsedAt: row.last_used_at,
  };
}

/**
 * In a row from before the column the secret counts as the first. During a rotation the former one does, and the new one
 * is named by the row's version: no secret that lives has that name, and none that comes can have it.
 */
function toSecretVersion({ secret_version, rotation_started_at, version }: KeptRow): number {
  return secret_version ?? (rotation_started_at === null ? FIRST_SECRET_VERSION : version);
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

function toRotation(row: RotationColumns): KeyRecord["rotation"] {
  if (row.rotation_started_at === null) return null;
  return {
    previous: toDigest(row.previous_alg, row.previous_pepper, row.previous_hex),
    previousSecretVersion: row.previous_secret_version ?? FIRST_SECRET_VERSION,
    startedAt: row.rotation_started_at,
    // Without an end the former secret has ended: a damaged row fails closed.
    previousEndsAt: row.previous_ends_at ?? 0,
    previousExpiresAt: row.previous_expires_at,
  };
}

function pepperOf(digest: StoredDigest): string | null {
  return digest.alg === "hmac-sha256" ? digest.pepperId : null;
}

/** A row that is no digest becomes one that nothing matches, not one of another algorithm. */
function toDigest(alg: string | null, pepperId: string | null, hex: string | null): StoredDigest {
  if (alg === "sha256") return { alg, hex: hex ?? "" };
  if (alg === "hmac-sha256" && pepperId !== null) return { alg, pepperId, hex: hex ?? "" };
  return { alg: "sha256", hex: "" };
}
