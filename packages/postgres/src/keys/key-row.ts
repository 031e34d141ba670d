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
const STATE = 0;

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

/** What is derived from the record or belongs to the write. */
interface WriteOnlyColumns {
  readonly search: string;
  readonly event_id: string;
}

/** What a rotation adds, by place: most keys have none, and then all of it is one null. */
type RotationCells = readonly [
  startedAt: number,
  alg: string | null,
  pepper: string | null,
  hex: string | null,
  secretVersion: number | null,
  endsAt: number | null,
  expiresAt: number | null,
];

type EveryCell<State> = readonly [
  state: State,
  id: string,
  tenant: string,
  version: number,
  createdAt: number,
  updatedAt: number,
  head: string | null,
];

/**
 * A key as a statement returns it ({@link keyCells}): by place, since to name thirty columns in every row takes longer than
 * to find it, to write them as to read them.
 */
export type KeyRow =
  | readonly [
      ...EveryCell<KeptRow["state"]>,
      createdBy: string,
      owner: string,
      name: string,
      scopes: readonly string[],
      limits: readonly Limit[],
      restrictions: Restrictions,
      metadata: Metadata,
      expiresAt: number | null,
      notBefore: number | null,
      lastUsedAt: number | null,
      secretVersion: number | null,
      alg: string | null,
      pepper: string | null,
      hex: string | null,
      rotation: RotationCells | null,
    ]
  | readonly [...EveryCell<"destroyed">, ...(readonly null[])];

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

const READ_CELLS: readonly string[] = [
  ...["state", "id", "tenant", "version", "created_at", "updated_at", "head", "created_by", "owner", "name"],
  ...["scopes", "limits", "restrictions", "metadata", "expires_at", "not_before", "last_used_at", "secret_version"],
  ...["digest_alg", "digest_pepper", "digest_hex"],
];

const ROTATION_CELLS: readonly string[] = [
  ...["rotation_started_at", "previous_alg", "previous_pepper", "previous_hex", "previous_secret_version"],
  ...["previous_ends_at", "previous_expires_at"],
];

/** A row of the keys as one JSON array, in SQL: a {@link KeyRow}. */
export function keyCells(alias: string): string {
  return `pg_catalog.json_build_array(${cellsOf(alias, READ_CELLS)}, CASE WHEN ${alias}.rotation_started_at IS NOT NULL
    THEN pg_catalog.json_build_array(${cellsOf(alias, ROTATION_CELLS)}) END)`;
}

function cellsOf(alias: string, names: readonly string[]): string {
  return names.map((name) => `${alias}.${name}`).join(", ");
}

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
  if (row[STATE] === "destroyed") {
    const [state, id, tenant, version, createdAt, updatedAt, head] = row;
    return { state, id, tenant, createdAt, updatedAt, version, head };
  }
  // biome-ignore format: as the cells stand in READ_CELLS
  const [
    state, id, tenant, version, createdAt, updatedAt, head, createdBy, owner, name,
    scopes, limits, restrictions, metadata, expiresAt, notBefore, lastUsedAt, secretVersion,
    alg, pepper, hex, rotation,
  ] = row;
  return {
    state,
    id,
    tenant,
    owner,
    name,
    scopes,
    limits,
    restrictions,
    metadata,
    createdAt,
    createdBy,
    updatedAt,
    expiresAt,
    notBefore,
    version,
    secretVersion: toSecretVersion(secretVersion, rotation, version),
    digest: toDigest(alg, pepper, hex),
    rotation: toRotation(rotation),
    head,
    lastUsedAt,
  };
}

/**
 * In a row from before the column the secret counts as the first. During a rotation the former one does, and the new one
 * is named by the row's version: no secret that lives has that name, and none that comes can have it.
 */
function toSecretVersion(stored: number | null, rotation: RotationCells | null, version: number): number {
  return stored ?? (rotation === null ? FIRST_SECRET_VERSION : version);
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

function toRotation(cells: RotationCells | null): KeyRecord["rotation"] {
  if (cells === null) return null;
  const [startedAt, alg, pepper, hex, secretVersion, endsAt, expiresAt] = cells;
  return {
    previous: toDigest(alg, pepper, hex),
    previousSecretVersion: secretVersion ?? FIRST_SECRET_VERSION,
    startedAt,
    // Without an end the former secret has ended: a damaged row fails closed.
    previousEndsAt: endsAt ?? 0,
    previousExpiresAt: expiresAt,
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
