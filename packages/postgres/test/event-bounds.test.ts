import type { EventQuery } from "@claviger/core";
import { freshTenant, insertSample, NOW_MS } from "@claviger/store-conformance/samples";
import fc from "fast-check";
import type pg from "pg";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { postgresStore } from "../src/postgres-store.js";
import { migrate } from "../src/schema/migrate.js";
import { openPool, type TestClient } from "./clients.js";

const UNSTORABLE = ["\0", "a\0b", "\ud800", "\udc00\ud800"] as const;

/** Around an event's time: between two whole ones, without end, or none. */
const bound = fc.constantFrom(
  ...[-0.5, 0, 0.5, 1, 1.5].map((offset) => NOW_MS + offset),
  ...[Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY, Number.NaN, 2 ** 70],
);

describe("what PostgreSQL cannot take for an answer", () => {
  let opened: TestClient<pg.Pool>;
  beforeAll(async () => {
    opened = await openPool();
    await migrate(opened.client);
  });
  afterAll(() => opened.end());

  const openStore = () => postgresStore({ client: opened.client });
  const query = { order: "oldest", limit: 10 } as const;

  it("bounds of any number leave the events and counts that are within them, as numbers compare", async () => {
    const store = openStore();
    const key = await insertSample(store);
    const { tenant, id: keyId } = key;
    const counts = [{ hourAt: NOW_MS, outcome: "ok", count: 1 }];
    await store.recordUsage([{ tenant, keyId, lastUsedAt: NOW_MS, counts, sightings: [] }]);
    const orders = fc.constantFrom<EventQuery["order"]>("oldest", "newest");
    await fc.assert(
      fc.asyncProperty(bound, bound, orders, async (fromAt, beforeAt, order) => {
        const isWithin = NOW_MS >= fromAt && NOW_MS < beforeAt;
        const { items } = await store.events({ tenant, fromAt, beforeAt, order, limit: 10 });
        expect(items).toHaveLength(isWithin ? 1 : 0);
        const [usage] = await store.usage({ tenant, keyIds: [keyId], fromAt, beforeAt });
        expect(usage?.counts).toEqual(isWithin ? counts : []);
        const after = { at: fromAt, id: "" };
        const isBehind = order === "oldest" ? NOW_MS >= fromAt : NOW_MS < fromAt;
        expect((await store.events({ tenant, after, order, limit: 10 })).items).toHaveLength(isBehind ? 1 : 0);
      }),
    );
  });

  it("a purge before any number takes what is before it", async () => {
    const store = openStore();
    for (const beforeAt of [Number.NaN, Number.NEGATIVE_INFINITY, NOW_MS, NOW_MS + 0.5, Number.POSITIVE_INFINITY]) {
      const { tenant } = await insertSample(store);
      const { purged } = await store.purgeEvents({ tenant, beforeAt, limit: 10 });
      expect([beforeAt, purged]).toEqual([beforeAt, NOW_MS < beforeAt ? 1 : 0]);
    }
  });

  it.each(UNSTORABLE)("%j, which is in no row, finds nothing, and harms nothing beside it", async (text) => {
    const store = openStore();
    const { tenant, id } = await insertSample(store);
    const none = { items: [] };
    expect(await store.events({ tenant: text, ...query })).toEqual(none);
    for (const filter of [{ keyId: text }, { actor: text }, { types: [text] }, { after: { at: 0, id: text } }]) {
      expect(await store.events({ tenant, ...query, ...filter })).toEqual(none);
    }
    expect(await store.chains({ tenant: text, limit: 1 })).toEqual(none);
    expect(await store.chains({ tenant, keyId: text, limit: 1 })).toEqual(none);
    expect(await store.chains({ tenant, after: text, limit: 1 })).toEqual(none);
    expect(await store.purgeEvents({ tenant: text, beforeAt: NOW_MS, limit: 1 })).toEqual({ purged: 0, more: false });
    expect(await store.usage({ tenant: text, keyIds: [text], fromAt: 0, beforeAt: 1 })).toMatchObject([{ counts: [] }]);

    const [event] = (await store.events({ tenant, ...query })).items;
    const ref = { id: event?.id ?? "", tenant, keyId: id, at: NOW_MS };
    const bad = [{ id: text }, { tenant: text }, { keyId: text }, { at: 0.5 }, { at: Number.NaN }];
    await store.eraseEvents([...bad.map((part) => ({ ...ref, ...part })), ref], NOW_MS);
    expect((await store.events({ tenant, ...query })).items).toMatchObject([{ actor: "", erasedAt: NOW_MS }]);
  });

  it("names of any length find nothing", async () => {
    const [store, text] = [openStore(), "x".repeat(1_000_000)];
    expect(await store.events({ tenant: text, keyId: text, actor: text, types: [text], ...query })).toEqual({
      items: [],
    });
    expect(await store.chains({ tenant: text, keyId: text, limit: 1 })).toEqual({ items: [] });
    await store.eraseEvents([{ id: text, tenant: text, keyId: text, at: 0 }], 0);
    expect(await store.purgeEvents({ tenant: text, beforeAt: 9, limit: 1 })).toEqual({ purged: 0, more: false });
    expect(await store.chains({ tenant: freshTenant(), limit: 1 })).toEqual({ items: [] });
  });
});
