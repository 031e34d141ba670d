import {
  changed,
  changeOf,
  findOne,
  insertSample,
  NOW_MS,
  sampleKey,
  tombstoneOf,
} from "@claviger/store-conformance/samples";
import type pg from "pg";
import { expect, it } from "vitest";
import type { PgClient } from "../src/client/client.js";
import { postgresStore } from "../src/postgres-store.js";
import { migrate } from "../src/schema/migrate.js";
import { openPool } from "./clients.js";
import { resumption, settingsEvent, settingsOf, suspension, usageOf, useOf } from "./samples.js";

/** Words that a parenthesis may follow. All are syntax: none is looked up. */
const SYNTAX = new Set(
  `all and any array as by check coalesce conflict else exists extract filter from greatest in key lateral least materialized
  not on operator or over select set then values when where with`.split(/\s+/),
);

/** Drives every statement of the store, and of `migrate`, through a client. */
async function doEverything(client: PgClient, pool: pg.Pool): Promise<void> {
  await migrate(client);
  await migrate(client);
  const store = postgresStore({ client, listen: () => pool.connect() });
  await new Promise<void>((resolve) => {
    store.watch?.(({ kind }) => kind === "hearing" && resolve());
  });
  const one = { maxLive: 1, nowMs: NOW_MS };
  const key = await insertSample(store, { scopes: ["a:read"], name: "searched", expiresAt: NOW_MS + 1 });
  const surplus = sampleKey({ tenant: key.tenant });
  expect(await store.insert(surplus, one, changeOf(surplus, "key.created"))).toEqual({ outcome: "limit_reached" });
  expect(await store.find([key.id], key.tenant)).toMatchObject([{ id: key.id }]);
  expect(await store.find([key.id, surplus.id])).toMatchObject([{ id: key.id }, undefined]);
  expect(await findOne(store, key.id)).toMatchObject({ id: key.id });

  const { tenant, owner } = key;
  const query = { tenant, owner, grants: ["a:read"], search: "searched", limit: 5, nowMs: NOW_MS } as const;
  for (const order of ["oldest", "newest"] as const) {
    for (const status of ["active", "disabled", "pending", "expired", "revoked", "compromised", undefined] as const) {
      const after = { createdAt: order === "oldest" ? 0 : NOW_MS + 1, id: key.id };
      const { items } = await store.list({ ...query, order, after, ...(status !== undefined && { status }) });
      expect(items).toHaveLength(status === "active" || status === undefined ? 1 : 0);
    }
  }

  const charges = [
    { form: "window", meter: "w", windowAt: 0, add: 1, ceiling: 2 },
    { form: "gcra", meter: "g", floorUs: NOW_MS * 1000, addUs: 1, ceilingUs: NOW_MS * 1000 + 9 },
  ] as const;
  const request = { tenant, keyId: key.id, charges, units: 3 };
  expect(await store.consume([request], NOW_MS)).toMatchObject([{ admitted: 2 }]);
  expect(await store.consume([{ ...request, charges: charges.slice(0, 1) }], NOW_MS)).toMatchObject([{ admitted: 0 }]);
  const lone = { ...request, charges: [{ ...charges[0], meter: "one", ceiling: 1 }, charges[1]], units: 1 };
  expect(await store.consume([lone], NOW_MS)).toMatchObject([{ admitted: 1 }]);
  expect(await store.consume([lone], NOW_MS)).toMatchObject([{ admitted: 0 }]);
  const shared = { owner, ofOwner: charges, ofTenant: charges };
  expect(await store.consume([{ ...request, shared }, request], NOW_MS)).toMatchObject([
    { admitted: 0 },
    { admitted: 0 },
  ]);
  expect(await store.consume([{ ...request, units: 0 }], NOW_MS)).toMatchObject([{ admitted: 0 }]);
  await store.refund([{ tenant, keyId: key.id, refunds: [{ form: "window", meter: "w", windowAt: 0, sub: 1 }] }]);
  await store.append([{ ...changeOf(key, "key.updated"), type: "corrupt_key" }]);

  await store.recordUsage([useOf(key)]);
  expect(await usageOf(store, key)).toMatchObject({ counts: [{ count: 1 }], sightings: [{ kind: "secret" }] });
  for (const order of ["oldest", "newest"] as const) {
    const after = { at: order === "oldest" ? 0 : NOW_MS + 1, id: "" };
    const range = { fromAt: NOW_MS, beforeAt: NOW_MS + 1, order, after, limit: 5 } as const;
    const types = ["key.created"];
    expect((await store.events({ tenant, keyId: key.id, actor: "system", types, ...range })).items).toHaveLength(1);
  }
  const settings = settingsOf(tenant);
  const replaceSettings = () => store.settings.replace(settings, 0, settingsEvent(settings));
  expect(await replaceSettings()).toEqual({ outcome: "replaced" });
  expect(await replaceSettings()).toEqual({ outcome: "conflict", current: settings });
  expect(await store.settings.get([tenant])).toEqual([settings]);
  expect(await store.owners.suspend(suspension(key))).toEqual({ outcome: "changed" });
  expect(await store.owners.read([key])).toEqual([{ suspendedAt: NOW_MS }]);
  expect(await store.owners.resume(resumption(key))).toEqual({ outcome: "changed" });

  const successor = sampleKey({ tenant });
  const later = { maxLive: 1, nowMs: NOW_MS + 1 };
  expect(await store.insert(successor, later, changeOf(successor, "key.created"))).toEqual({ outcome: "inserted" });
  const late = changed(key, { expiresAt: null });
  expect(await store.replace(late, key.version, changeOf(late, "key.updated"))).toMatchObject({ outcome: "conflict" });
  const gone = tombstoneOf(key);
  expect(await store.replace(gone, key.version, changeOf(gone, "key.deleted"))).toEqual({ outcome: "replaced" });

  expect((await store.chains({ tenant, limit: 1 })).items).toHaveLength(1);
  expect((await store.chains({ tenant, keyId: key.id, limit: 1 })).items).toMatchObject([{ head: gone.head }]);
  const [first] = (await store.events({ tenant, keyId: key.id, order: "oldest", limit: 1 })).items;
  await store.eraseEvents([{ id: first?.id ?? "", tenant, keyId: key.id, at: NOW_MS }], NOW_MS);
  expect((await store.feed(undefined, 100)).position).toBeDefined();
  expect(await store.purgeEvents({ tenant, beforeAt: NOW_MS + 9, limit: 100 })).toMatchObject({ more: false });
  await store.close();
}

it("calls no function, and no operator that would fit only by conversion, but by its schema", async () => {
  const { client, end } = await openPool();
  const texts = new Set<string>();
  const watched: PgClient = {
    query: (config) => {
      texts.add(config.text);
      return client.query(config);
    },
  };
  await doEverything(watched, client);
  // 6 of migrate, three of find, insert, weed, replace, erase, 14 lists, eight of consume and a refund, append, usage and its record, 3 of events,
  // settings and their replacement, owners and their switch, a nonce drawn and said, chains twice, erasing, the feed, a purge.
  expect(texts.size).toBe(53);
  for (const text of texts) {
    // An alias may have columns, as in AS r(id text).
    const called = [...text.matchAll(/(?<!\bAS )(?<![\w".])([a-z_]\w*)\s*\(/gi)].map(([, name = ""]) => name);
    expect(called.filter((name) => !SYNTAX.has(name.toLowerCase()))).toEqual([]);
    expect(text).not.toMatch(/(?<!pg_catalog\.)(\|\||&&|@>|<@)/);
    expect(text).not.toMatch(/extract\([^()]*(\([^()]*\))?\) *[-+*/]/);
  }
  await end();
});

it("does not fall for functions and operators that another role put on the search_path", async () => {
  const { client, end } = await openPool({ options: "-c search_path=evil,public" });
  await client.query(`
    CREATE SCHEMA evil;
    CREATE FUNCTION evil.spring() RETURNS boolean LANGUAGE plpgsql AS $$ BEGIN RAISE 'the trap was sprung'; END $$;
    CREATE FUNCTION evil.cardinality(text[]) RETURNS int LANGUAGE sql AS 'SELECT 0';
    CREATE FUNCTION evil.unnest(text[]) RETURNS SETOF text LANGUAGE sql AS 'SELECT NULL::text WHERE evil.spring()';
    CREATE FUNCTION evil.array_agg(text) RETURNS text[] LANGUAGE sql AS 'SELECT NULL::text[] WHERE evil.spring()';
    CREATE FUNCTION evil.json_agg(json) RETURNS json LANGUAGE sql AS 'SELECT NULL::json WHERE evil.spring()';
    CREATE FUNCTION evil.to_json(text) RETURNS json LANGUAGE sql AS 'SELECT NULL::json WHERE evil.spring()';
    CREATE FUNCTION evil.to_json(int) RETURNS json LANGUAGE sql AS 'SELECT NULL::json WHERE evil.spring()';
    CREATE FUNCTION evil.jsonb_build_array(bigint, bigint) RETURNS jsonb LANGUAGE sql
      AS 'SELECT NULL::jsonb WHERE evil.spring()';
    CREATE FUNCTION evil.hashtextextended(text, int) RETURNS bigint LANGUAGE sql AS 'SELECT 0::bigint WHERE evil.spring()';
    CREATE FUNCTION evil.joined(text[], text[]) RETURNS text[] LANGUAGE sql AS 'SELECT NULL::text[] WHERE evil.spring()';
    CREATE OPERATOR evil.|| (LEFTARG = text[], RIGHTARG = text[], FUNCTION = evil.joined);
    CREATE FUNCTION evil.overlap(text[], text[]) RETURNS boolean LANGUAGE sql AS 'SELECT evil.spring()';
    CREATE OPERATOR evil.&& (LEFTARG = text[], RIGHTARG = text[], FUNCTION = evil.overlap);
    CREATE FUNCTION evil.times(numeric, int) RETURNS numeric LANGUAGE sql AS 'SELECT 0::numeric WHERE evil.spring()';
    CREATE OPERATOR evil.* (LEFTARG = numeric, RIGHTARG = int, FUNCTION = evil.times);
  `);
  await expect(client.query("SELECT ARRAY['a'] || ARRAY['b']")).rejects.toThrow("the trap was sprung");
  expect((await client.query("SELECT cardinality(ARRAY['a']) AS size")).rows).toEqual([{ size: 0 }]);
  await doEverything(client, client);
  await end();
});
