import {
  type ChangeType,
  type KeyRecord,
  type ListQuery,
  MAX_KEYS_PER_OWNER,
  type StoredKey,
  statusAt,
} from "@claviger/core";
import fc from "fast-check";
import { changeOf, NOW_MS, sampleKey, tombstoneOf } from "../samples.js";
import { walkList } from "../walk-list.js";
import { type Cast, came, type Draft, drafts, type Seen } from "./port-call.js";

export const which: fc.Arbitrary<number> = fc.integer({ min: 0, max: 2 });

/** Of a key: the first two are of one owner of one tenant, the third of another one's. */
export function idAt({ ids: [first, second, third] }: Cast, index: number): string {
  if (index === 0) return first;
  return index === 1 ? second : third;
}

export function tenantOf({ tenants: [first, second] }: Cast, index: number): string {
  return index < 2 ? first : second;
}

const variety = fc.record({
  name: fc.constantFrom("Alpha", "Beta"),
  scopes: fc.subarray(["a:read", "b:read"]),
  state: fc.constantFrom("active", "active", "disabled", "revoked"),
  expiresAt: fc.constantFrom(null, NOW_MS, NOW_MS + 1),
});

function keyAt(cast: Cast, index: number, version: number, given: Partial<KeyRecord>): KeyRecord {
  const createdAt = NOW_MS - index;
  const key = { id: idAt(cast, index), tenant: tenantOf(cast, index), createdAt, version, updatedAt: NOW_MS + version };
  return sampleKey({ ...key, ...given });
}

function learn(seen: Seen, key: StoredKey | undefined): void {
  if (key !== undefined) seen.keys.set(key.id, key);
}

const insert = drafts(
  "insert",
  fc.record({ which, variety, maxLive: fc.constantFrom(1, 2, MAX_KEYS_PER_OWNER) }),
  (drawn, cast, seen) => {
    const key = keyAt(cast, drawn.which, 1, drawn.variety);
    const cap = { maxLive: drawn.maxLive, nowMs: NOW_MS };
    const event = changeOf(key, "key.created");
    return async (store) => {
      const result = await store.insert(key, cap, event);
      if (result.outcome === "inserted") learn(seen, { ...key, lastUsedAt: null });
      return came(result, (model) => model.insert(key, cap, event));
    };
  },
);

const LIVE: readonly string[] = ["active", "pending", "disabled"];

/**
 * A key that has ended stays so, as core sees to: whether its place was given away meanwhile, so that bringing it back
 * would be a conflict, is the store's affair (the case of late extensions). One that was not seen may have ended too.
 */
function endedLike(known: StoredKey | undefined): Pick<KeyRecord, "state"> | undefined {
  const isLive = known !== undefined && known.state !== "destroyed" && LIVE.includes(statusAt(known, NOW_MS));
  return isLive ? undefined : { state: "revoked" };
}

const KINDS = ["change", "change", "change", "delete", "stale", "foreign"] as const;

/** A tombstone is only ever answered by a conflict: the keyring replaces none. */
const replace = drafts(
  "replace",
  fc.record({ which, variety, kind: fc.constantFrom(...KINDS) }),
  ({ which: index, variety: given, kind }, cast, seen) => {
    const known = seen.keys.get(idAt(cast, index));
    const isStale = kind === "stale" || known?.state === "destroyed";
    const expectedVersion = (known?.version ?? 1) - (isStale ? 1 : 0);
    const next = keyAt(cast, index, expectedVersion + 1, { ...given, ...endedLike(known) });
    const entry = kind === "delete" ? tombstoneOf({ ...next, version: expectedVersion }) : next;
    const moved = kind === "foreign" ? { ...entry, tenant: tenantOf(cast, 2 - index) } : entry;
    const type: ChangeType = kind === "delete" ? "key.deleted" : "key.updated";
    const event = changeOf(moved, type);
    return async (store) => {
      const result = await store.replace(moved, expectedVersion, event);
      if (result.outcome === "conflict") learn(seen, result.current);
      if (result.outcome === "replaced")
        learn(seen, moved.state === "destroyed" ? moved : { ...moved, lastUsedAt: null });
      return came(result, (model) => model.replace(moved, expectedVersion, event));
    };
  },
);

const find = drafts("find", fc.record({ which, tenant: fc.constantFrom(undefined, 0, 2) }), (drawn, cast, seen) => {
  const ids = [idAt(cast, drawn.which)];
  const tenant = drawn.tenant === undefined ? undefined : tenantOf(cast, drawn.tenant);
  return async (store) => {
    const found = await store.find(ids, tenant);
    for (const key of found) learn(seen, key);
    return came(found, (model) => model.find(ids, tenant));
  };
});

const findSeveral = drafts("find several", fc.array(which, { maxLength: 4 }), (drawn, cast) => {
  const ids = ["nobody's", ...drawn.map((index) => idAt(cast, index))];
  return async (store) => came(await store.find(ids), (model) => model.find(ids));
});

const list = drafts(
  "list",
  fc.record({
    tenant: which,
    owner: fc.constantFrom(undefined, "owner", "nobody"),
    status: fc.constantFrom(undefined, "active", "disabled", "revoked", "expired"),
    grants: fc.option(fc.subarray(["a:read", "b:read"]), { nil: undefined }),
    search: fc.constantFrom(undefined, "alpha", "et", "owner"),
    order: fc.constantFrom("newest", "oldest"),
    limit: fc.integer({ min: 1, max: 3 }),
  }),
  ({ tenant, owner, status, grants, search, order, limit }, cast) => {
    const query: ListQuery = {
      tenant: tenantOf(cast, tenant),
      ...(owner !== undefined && { owner }),
      ...(status !== undefined && { status }),
      ...(grants !== undefined && { grants }),
      ...(search !== undefined && { search }),
      order,
      limit,
      nowMs: NOW_MS,
    };
    return async (store) => came<readonly string[]>(await walkList(store, query), (model) => model.list(query));
  },
);

/** About one key each, so that they can be told in one order whoever else is calling. */
export const keyDrafts: readonly fc.Arbitrary<Draft>[] = [insert, insert, replace, replace, replace, find];

/** Over several keys, or several pages. */
export const wideKeyDrafts: readonly fc.Arbitrary<Draft>[] = [findSeveral];

/** What an index may be late with. */
export const listDrafts: readonly fc.Arbitrary<Draft>[] = [list];
