import assert from "node:assert/strict";
import { createHash, randomInt } from "node:crypto";
import {
  type ChangeEvent,
  type ChangeType,
  type KeyRecord,
  MAX_KEYS_PER_OWNER,
  type OwnerCap,
  type Store,
  type StoredKey,
  type Tombstone,
} from "@claviger/core";

/** When the cases play. */
export const NOW_MS: number = Date.UTC(2026, 5, 21, 12);

/** A cap that no case reaches. */
export const AMPLE: OwnerCap = { maxLive: MAX_KEYS_PER_OWNER, nowMs: NOW_MS };

// So that a second run, or another process, over the same data meets nothing of the first.
const RUN = randomInt(1_000_000_000).toString().padStart(9, "0");
let drawn = 0;

/** An id that nothing else has, 16 digits, ascending. */
export function freshId(): string {
  drawn += 1;
  return RUN + drawn.toString().padStart(7, "0");
}

export function freshTenant(): string {
  return `tenant ${freshId()}`;
}

/** A plain key, active and without end, of a tenant of its own unless told otherwise. */
export function sampleKey(given: Partial<KeyRecord> = {}): KeyRecord {
  const id = given.id ?? freshId();
  return {
    state: "active",
    id,
    tenant: `tenant ${id}`,
    owner: "owner",
    name: "name",
    scopes: [],
    limits: [],
    restrictions: {},
    metadata: {},
    createdAt: NOW_MS,
    createdBy: "system",
    updatedAt: NOW_MS,
    expiresAt: null,
    notBefore: null,
    version: 1,
    secretVersion: 1,
    digest: { alg: "sha256", hex: id.padStart(64, "0") },
    rotation: null,
    head: headOf(id, given.version ?? 1),
    ...given,
  };
}

/** A head of a key's chain: no other key's, nor another version's. */
export function headOf(id: string, version: number): string {
  return createHash("sha256").update(`${version} ${id}`).digest("hex");
}

/** The event of a change of this key, with an id of its own, which the key has for its head. */
export function changeOf(key: KeyRecord | Tombstone, type: ChangeType): ChangeEvent {
  const id = freshId();
  return {
    id,
    type,
    tenant: key.tenant,
    keyId: key.id,
    actor: "system",
    at: key.updatedAt,
    version: key.version,
    data: {},
    salt: `salt of ${id}`,
    chain: { bodyHash: headOf(id, 0), hash: key.head ?? headOf(key.id, key.version) },
  };
}

/** The key one version later. */
export function changed(key: KeyRecord, change: Partial<KeyRecord> = {}): KeyRecord {
  const version = key.version + 1;
  return { ...key, updatedAt: key.updatedAt + 1, head: headOf(key.id, version), ...change, version };
}

/** What deleting the key leaves. */
export function tombstoneOf({ id, tenant, createdAt, updatedAt, version }: KeyRecord): Tombstone {
  const next = version + 1;
  return { state: "destroyed", id, tenant, createdAt, updatedAt: updatedAt + 1, version: next, head: headOf(id, next) };
}

/** Puts a sample key into a store. */
export async function insertSample(store: Store, given: Partial<KeyRecord> = {}): Promise<KeyRecord> {
  const key = sampleKey(given);
  assert.deepEqual(await store.insert(key, AMPLE, changeOf(key, "key.created")), { outcome: "inserted" });
  return key;
}

/** Takes the key to its next version, which must succeed. */
export async function replaceSample(store: Store, next: KeyRecord | Tombstone): Promise<void> {
  const type = next.state === "destroyed" ? "key.deleted" : "key.updated";
  assert.deepEqual(await store.replace(next, next.version - 1, changeOf(next, type)), { outcome: "replaced" });
}

/** The key as a store returns it before any usage was tracked. */
export function asStored(key: KeyRecord | Tombstone): StoredKey {
  return key.state === "destroyed" ? key : { ...key, lastUsedAt: null };
}

/** One key as the store has it now. */
export async function findOne(store: Store, id: string): Promise<StoredKey | undefined> {
  const [found] = await store.find([id]);
  return found;
}

/** How many of the outcomes are this one. */
export function countOf<Outcome extends string>(
  results: readonly { readonly outcome: Outcome }[],
  outcome: Outcome,
): number {
  return results.filter((result) => result.outcome === outcome).length;
}

/** Does an act so many times at once. */
export function atOnce<T>(times: number, act: (index: number) => Promise<T>): Promise<T[]> {
  return Promise.all(Array.from({ length: times }, (_, index) => act(index)));
}
