import { changed, changeOf, findOne, insertSample } from "@claviger/store-conformance/samples";
import { PGlite } from "@electric-sql/pglite";
import { createKeyring } from "claviger";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { postgresStore } from "../src/postgres-store.js";
import { migrate } from "../src/schema/migrate.js";

// One for all of these tests, since each PGlite takes seconds and most of a gigabyte. The whole kit runs in store-cases.pglite.long.
let client: PGlite;
beforeAll(async () => {
  client = await PGlite.create();
});
afterAll(() => client.close());

it("takes a key through its life", async () => {
  await migrate(client);
  const keyring = createKeyring({ store: postgresStore({ client }), prefix: "acme" });
  const { key, token } = await keyring.create({ owner: "user_1", name: "A key" });
  expect(await keyring.verify(token)).toMatchObject({ ok: true });
  const rotated = await keyring.rotate(key.id, { overlap: "1h" });
  expect(await keyring.verify(rotated.token)).toMatchObject({ ok: true });
  await keyring.revoke(key.id);
  for (const each of [token, rotated.token]) {
    expect(await keyring.verify(each)).toMatchObject({ ok: false, code: "revoked" });
  }
  await keyring.delete(key.id);
  expect(await keyring.list()).toEqual({ items: [] });
});

describe("promise 1: a transaction of the application's on a PGlite", () => {
  it("does not take the store's statements in: they wait for its end, and its ROLLBACK undoes none", async () => {
    await migrate(client);
    const store = postgresStore({ client });
    const key = await insertSample(store);
    const revoked = changed(key, { state: "revoked" });
    let replaced: Promise<unknown> = Promise.resolve();
    const refusal = new Error("rolled back");
    const transaction = client.transaction(async (tx) => {
      await tx.query("SELECT 1");
      replaced = store.replace(revoked, key.version, changeOf(revoked, "key.revoked"));
      await tx.query("SELECT 1");
      throw refusal;
    });
    await expect(transaction).rejects.toBe(refusal);
    expect(await replaced).toEqual({ outcome: "replaced" });
    expect(await findOne(store, key.id)).toMatchObject({ state: "revoked" });
  });

  it("is refused as a client", async () => {
    await client.transaction(async (tx) => {
      expect(() => postgresStore({ client: tx })).toThrow(/^client must be .*; got a transaction/);
    });
  });

  it("may have migrate in it, and takes that back", async () => {
    const names = { schema: "taken_back" };
    await client.transaction(async (tx) => {
      await migrate(tx, names);
      await tx.rollback();
    });
    await expect(postgresStore({ client, ...names }).find(["x"])).rejects.toMatchObject({ code: "42P01" });
  });
});
