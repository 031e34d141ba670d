import { changed, findOne, insertSample, NOW_MS, replaceSample } from "@claviger/store-conformance/samples";
import { expect, it } from "vitest";
import { postgresStore } from "../src/postgres-store.js";
import { migrate } from "../src/schema/migrate.js";
import { openPool } from "./clients.js";

it("whatever an application has told pg to make of numbers, times, JSON and arrays, the store reads what it wrote", async () => {
  const TEXT = 25;
  const plain = (text: string): unknown => text;
  const { client, end } = await openPool({
    types: { getTypeParser: (oid: number) => (oid === TEXT ? plain : () => "made into something else") },
  });
  expect((await client.query("SELECT 1::int8 AS one, '{}'::json AS two")).rows).toEqual([
    { one: "made into something else", two: "made into something else" },
  ]);
  await migrate(client);
  const store = postgresStore({ client });
  const key = await insertSample(store, { scopes: ["a", "b"], metadata: { a: 1 }, expiresAt: NOW_MS + 1 });
  const next = changed(key, { notBefore: NOW_MS });
  await replaceSample(store, next);
  expect(await findOne(store, key.id)).toEqual({ ...next, lastUsedAt: null });
  const charges = [{ form: "window", meter: "m", windowAt: NOW_MS, add: 1, ceiling: 9 }] as const;
  const request = { tenant: key.tenant, keyId: key.id, charges, units: 2 };
  expect(await store.consume([request], NOW_MS)).toMatchObject([
    { admitted: 2, meters: [{ windowAt: NOW_MS, used: 2 }] },
  ]);
  await end();
});
