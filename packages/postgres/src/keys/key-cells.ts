import {
  type KeyRecord,
  type Limit,
  type Metadata,
  plainMaker,
  type Restrictions,
  type StoredDigest,
  type StoredKey,
  type UsedKeyRecord,
} from "@claviger/core";
import type { RowVersion } from "./row-versions.js";

const FIRST_SECRET_VERSION = 1;
const STATE = 0;
const HEAD = 6;
const WRITER = 22;
const PLACE = 23;

/** What a rotation adds, by place: most keys have none, and then all of it is one null. */
export type RotationCells = readonly [
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
export type KeyRow = KeyCells | readonly [...EveryCell<"destroyed">, ...(readonly null[])];

type KeyCells = readonly [
  ...EveryCell<KeyRecord["state"]>,
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
  /** Of the version that was read. */
  writer?: string,
  place?: string,
];

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
  return `pg_catalog.json_build_array(${cellsOf(alias, READ_CELLS)}, ${rotationCells(alias)})`;
}

/** What a rotation adds, as a JSON array or null, in SQL. */
function rotationCells(alias: string): string {
  return `CASE WHEN ${alias}.rotation_started_at IS NOT NULL
    THEN pg_catalog.json_build_array(${cellsOf(alias, ROTATION_CELLS)}) END`;
}

function cellsOf(alias: string, names: readonly string[]): string {
  return names.map((name) => `${alias}.${name}`).join(", ");
}

export function fromKeyRow(row: KeyRow): StoredKey {
  if (!isKey(row)) {
    const [state, id, tenant, version, createdAt, updatedAt, head] = row;
    return { state, id, tenant, createdAt, updatedAt, version, head };
  }
  return new FoundKey(row);
}

/** @returns undefined: it was not told */
export function rowVersionOf(row: KeyRow): RowVersion | undefined {
  if (!isKey(row)) return undefined;
  const writer = row[WRITER];
  const place = row[PLACE];
  return writer && place ? { writer, place, head: row[HEAD] } : undefined;
}

function isKey(row: KeyRow): row is KeyCells {
  return row[STATE] !== "destroyed";
}

const FoundKey = plainMaker<[KeyCells], UsedKeyRecord>(function (row) {
  // biome-ignore format: as the cells stand in READ_CELLS
  const [
    state, id, tenant, version, createdAt, updatedAt, head, createdBy, owner, name,
    scopes, limits, restrictions, metadata, expiresAt, notBefore, lastUsedAt, secretVersion,
    alg, pepper, hex, rotation,
  ] = row;
  this.state = state;
  this.id = id;
  this.tenant = tenant;
  this.owner = owner;
  this.name = name;
  this.scopes = scopes;
  this.limits = limits;
  this.restrictions = restrictions;
  this.metadata = metadata;
  this.createdAt = createdAt;
  this.createdBy = createdBy;
  this.updatedAt = updatedAt;
  this.expiresAt = expiresAt;
  this.notBefore = notBefore;
  this.version = version;
  this.secretVersion = toSecretVersion(secretVersion, rotation, version);
  this.digest = toDigest(alg, pepper, hex);
  this.rotation = toRotation(rotation);
  this.head = head;
  this.lastUsedAt = lastUsedAt;
});

/**
 * In a row from before the column the secret counts as the first. During a rotation the former one does, and the new one
 * is named by the row's version: no secret that lives has that name, and none that comes can have it.
 */
function toSecretVersion(stored: number | null, rotation: RotationCells | null, version: number): number {
  return stored ?? (rotation === null ? FIRST_SECRET_VERSION : version);
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

/** A row that is no digest becomes one that nothing matches, not one of another algorithm. */
function toDigest(alg: string | null, pepperId: string | null, hex: string | null): StoredDigest {
  if (alg === "hmac-sha256" && pepperId !== null) return new FoundDigest(pepperId, hex ?? "");
  return { alg: "sha256", hex: alg === "sha256" ? (hex ?? "") : "" };
}

const FoundDigest = plainMaker<[pepperId: string, hex: string], StoredDigest & { readonly alg: "hmac-sha256" }>(
  function (pepperId, hex) {
    this.alg = "hmac-sha256";
    this.pepperId = pepperId;
    this.hex = hex;
  },
);
