import assert from "node:assert/strict";
import { foldText, type KeyRecord, type ListQuery, type Store, searchText, statusAt } from "@claviger/core";
import fc from "fast-check";
import { freshTenant, insertSample, NOW_MS, replaceSample, tombstoneOf } from "./sample.js";
import type { StoreSuite } from "./store-suite.js";
import { walkList } from "./walk-list.js";

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

export function listFilters({ it, createStore }: StoreSuite): void {
  it("QL-11, QL-36: every filter, alone and with the others, leaves exactly the keys that match", async () => {
    const store = await createStore();
    const tenant = freshTenant();
    const keys = await populate(store, tenant);
    await fc.assert(
      fc.asyncProperty(filters, async (given) => {
        const query: ListQuery = { tenant, ...given };
        assert.deepEqual(await walkList(store, query), expected(keys, query));
      }),
    );
  });
}
