import assert from "node:assert/strict";
import { foldText, type KeyRecord, type ListQuery, type Store, searchText, statusAt } from "@claviger/core";
import fc from "fast-check";
import { listed } from "../eventually.js";
import { freshTenant, insertSample, NOW_MS, replaceSample, tombstoneOf } from "../samples.js";
import type { Suite } from "../suite.js";
import { walkList } from "../walk-list.js";

const STATES = ["active", "disabled", "revoked", "compromised"] as const;
const EDGES = [null, NOW_MS - 1, NOW_MS, NOW_MS + 1];
const OWNERS = ["anna", "Bert", "änne"];
const NAMES = ["Invoice export", "ÄRGER", "100%_\\sure", "Ω'\"", "анна"];
const GRANTS = [["a:read"], ["a:read", "b:write"], ["**"], []];

/** Every state with every relation of expiry and beginning to now, under owners, names and grants by turns. */
async function populate(store: Store, tenant: string): Promise<readonly KeyRecord[]> {
  const keys: KeyRecord[] = [];
  for (const state of STATES) {
    for (const expiresAt of EDGES) {
      for (const notBefore of EDGES) {
        const turn = keys.length;
        keys.push(
          await insertSample(store, {
            tenant,
            state,
            expiresAt,
            notBefore,
            createdAt: NOW_MS + (turn % 7),
            owner: OWNERS[turn % OWNERS.length] ?? "",
            name: NAMES[turn % NAMES.length] ?? "",
            scopes: GRANTS[turn % GRANTS.length] ?? [],
          }),
        );
      }
    }
  }
  const deleted = await insertSample(store, { tenant, owner: "anna", scopes: ["a:read"] });
  await replaceSample(store, tombstoneOf(deleted));
  await insertSample(store, { owner: "anna", scopes: ["a:read"] });
  return keys;
}

function matches(key: KeyRecord, query: ListQuery): boolean {
  return (
    (query.owner === undefined || key.owner === query.owner) &&
    (query.status === undefined || statusAt(key, query.nowMs) === query.status) &&
    (query.grants === undefined || key.scopes.some((scope) => query.grants?.includes(scope))) &&
    (query.search === undefined || searchText(key).includes(query.search))
  );
}

function expected(keys: readonly KeyRecord[], query: ListQuery): string[] {
  const sorted = keys
    .filter((key) => matches(key, query))
    .sort((a, b) => a.createdAt - b.createdAt || (a.id < b.id ? -1 : 1))
    .map(({ id }) => id);
  return query.order === "oldest" ? sorted : sorted.reverse();
}

const ANY = { order: "oldest", limit: 30, nowMs: NOW_MS } as const;

/** Some of the values that each filter can have. */
const VALUES: readonly Partial<ListQuery>[] = [
  ...[...OWNERS, "nobody"].map((owner) => ({ owner })),
  ...(["active", "pending", "disabled", "expired", "revoked", "compromised"] as const).map((status) => ({ status })),
  ...[["a:read", "**"], ["b:write"], []].map((grants) => ({ grants })),
  ...["ÄRG", "%", "ann"].map((search) => ({ search: foldText(search) })),
];

const filters = fc.record(
  {
    owner: fc.constantFrom(...OWNERS, "nobody"),
    status: fc.constantFrom("active", "pending", "disabled", "expired", "revoked", "compromised"),
    grants: fc.subarray(["a:read", "b:write", "**", "*", "a"]),
    search: fc
      .constantFrom("inv", "ärg", "%", "_", "\\", "'\"", "анна", "ann", "01", "export0", "nothing of the kind")
      .map(foldText),
    order: fc.constantFrom("newest", "oldest"),
    limit: fc.integer({ min: 1, max: 30 }),
    nowMs: fc.constantFrom(NOW_MS - 1, NOW_MS, NOW_MS + 1),
  },
  { requiredKeys: ["order", "limit", "nowMs"] },
);

export function listFilters({ it, createStore }: Suite): void {
  it("QL-11, QL-36: filters, however combined, leave exactly the keys that match", async () => {
    const store = await createStore();
    const tenant = freshTenant();
    const keys = await populate(store, tenant);
    const all: ListQuery = { tenant, ...ANY };
    await listed(store, async () => assert.deepEqual(await walkList(store, all), expected(keys, all)));
    await fc.assert(
      fc.asyncProperty(filters, async (given) => {
        const query: ListQuery = { tenant, ...given };
        assert.deepEqual(await walkList(store, query), expected(keys, query));
      }),
    );
  });

  it("every filter alone, and every two of them", async () => {
    const store = await createStore();
    const tenant = freshTenant();
    const keys = await populate(store, tenant);
    const check = async (filters: Partial<ListQuery>) => {
      const query: ListQuery = { tenant, ...ANY, ...filters };
      assert.deepEqual(await walkList(store, query), expected(keys, query), JSON.stringify(filters));
    };
    await listed(store, () => check({}));
    for (const [index, one] of VALUES.entries()) {
      await check(one);
      for (const other of VALUES.slice(index + 1)) await check({ ...one, ...other });
    }
  });
}
