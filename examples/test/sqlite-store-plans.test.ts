import { insertSample } from "@claviger/store-conformance/samples";
import initSqlJs from "sql.js";
import { afterEach, describe, expect, it } from "vitest";
import { createTables } from "../src/sqlite-store/create-tables.js";
import type { Database } from "../src/sqlite-store/database.js";
import { sqliteStore } from "../src/sqlite-store/sqlite-store.js";
import { sqljsDatabase } from "../src/sqlite-store/sqljs-database.js";

const sqlite = await initSqlJs();
const client = new sqlite.Database();
const database = sqljsDatabase(client);
createTables(database);
const plans: string[] = [];
const store = sqliteStore(explaining(database));

/** Notes how SQLite means to execute each query. */
function explaining(inner: Database): Database {
  return {
    ...inner,
    all(sql, values) {
      const steps = inner.all<{ readonly detail: string }>(`EXPLAIN QUERY PLAN ${sql}`, values);
      plans.push(steps.map(({ detail }) => detail).join("; "));
      return inner.all(sql, values);
    },
  };
}

afterEach(() => void plans.splice(0));

it("an owner's keys are counted by an index that no tombstone is in", async () => {
  await insertSample(store);
  expect(plans).toContain("SEARCH keys USING INDEX keys_of_owner (tenant=? AND owner=?)");
});

// That a page costs the same whatever its number is no behaviour, so the conformance kit cannot see it.
describe("a page is a range of an index, read in its order", () => {
  const page = { tenant: "t", limit: 10, nowMs: 0 } as const;
  const after = { createdAt: 1, at: 1, id: "x" };

  for (const order of ["newest", "oldest"] as const) {
    it(`of a tenant's keys, ${order} first`, async () => {
      await store.list({ ...page, order, after });
      expect(plans).toEqual([
        `SEARCH keys USING INDEX keys_in_order (tenant=? AND (created_at,id)${order === "newest" ? "<" : ">"}(?,?))`,
      ]);
    });

    it(`of an owner's keys, ${order} first`, async () => {
      await store.list({ ...page, owner: "o", order, after });
      expect(plans).toEqual([
        `SEARCH keys USING INDEX keys_of_owner (tenant=? AND owner=? AND (created_at,id)${order === "newest" ? "<" : ">"}(?,?))`,
      ]);
    });

    it(`of a tenant's events and of a key's, ${order} first`, async () => {
      await store.events({ ...page, order, after });
      await store.events({ ...page, keyId: "k", order, after });
      const range = `(at,id)${order === "newest" ? "<" : ">"}(?,?)`;
      expect(plans).toEqual([
        `SEARCH events USING INDEX events_in_order (tenant=? AND ${range})`,
        `SEARCH events USING INDEX events_of_key (tenant=? AND key_id=? AND ${range})`,
      ]);
    });
  }

  it("of the feed", async () => {
    await store.feed(undefined, 10);
    expect(plans).toEqual(["SEARCH events USING INTEGER PRIMARY KEY (rowid>?)"]);
  });

  it("of a tenant's chains", async () => {
    await store.chains({ tenant: "t", after: "x", limit: 10 });
    expect(plans).toEqual([
      "SEARCH keys USING INDEX keys_by_id (tenant=? AND id>?); SEARCH anchors USING PRIMARY KEY (key_id=?) LEFT-JOIN",
    ]);
  });
});

it("whether a purge must stop in a chain is looked up in an index", async () => {
  await store.purgeEvents({ tenant: "t", beforeAt: 1, limit: 10 });
  expect(plans[0]).toContain("SEARCH kept USING INDEX events_in_chains (tenant=? AND key_id=? AND version<?)");
});
