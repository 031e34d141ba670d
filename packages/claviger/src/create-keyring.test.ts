import { defineScopes } from "@claviger/core";
import { memoryStore } from "@claviger/memory";
import { describe, expect, it } from "vitest";
import { createKeyring } from "./create-keyring.js";

describe("createKeyring", () => {
  it("needs a store and a prefix, and nothing else", async () => {
    const keyring = createKeyring({ store: memoryStore(), prefix: "acme" });
    const beforeMs = Date.now();
    const { key, token } = await keyring.create({ owner: "user_1", name: "A key" });
    expect(token.startsWith(`acme_${key.id}_`)).toBe(true);
    expect(key.createdAt).toBeGreaterThanOrEqual(beforeMs);
    expect(key.createdAt).toBeLessThanOrEqual(Date.now());
    expect((await keyring.verify(token)).ok).toBe(true);
    const another = await keyring.create({ owner: "user_1", name: "A key" });
    expect(another.token).not.toBe(token);
  });

  it("gives a frozen object whose methods work by themselves", async () => {
    const keyring = createKeyring({ store: memoryStore(), prefix: "acme" });
    expect(Object.isFrozen(keyring)).toBe(true);
    const { create, verify, revoke, flush } = keyring;
    const { list } = keyring.tenant("default");
    const { key, token } = await create({ owner: "user_1", name: "A key" });
    await revoke(key.id);
    expect(await verify(token)).toMatchObject({ ok: false, code: "revoked" });
    expect((await list()).items).toHaveLength(1);
    await flush();
  });

  it("tells its catalogue, or one that knows any scope, and its clock in whole milliseconds", () => {
    const scopes = defineScopes({ invoices: ["read"] });
    const keyring = createKeyring({ store: memoryStore(), prefix: "acme", scopes, clock: () => 1_234.9 });
    expect(keyring.scopes).toBe(scopes);
    expect(keyring.clock()).toBe(1_234);
    expect(createKeyring({ store: memoryStore(), prefix: "acme" }).scopes.has("whatever:you:like")).toBe(true);
  });

  it("keeps peppers as they were when it was made", async () => {
    const secret = new Uint8Array(32).fill(7);
    const options = { store: memoryStore(), prefix: "acme", peppers: [{ id: "p", secret }] };
    const keyring = createKeyring(options);
    const { token } = await keyring.create({ owner: "user_1", name: "A key" });
    secret.fill(0);
    options.peppers.length = 0;
    expect((await keyring.verify(token)).ok).toBe(true);
  });

  it("has no state that keyrings share but their store", async () => {
    const store = memoryStore();
    const [one, other] = [createKeyring({ store, prefix: "acme" }), createKeyring({ store, prefix: "acme" })];
    const { token } = await one.create({ owner: "user_1", name: "A key" });
    await one.close();
    expect((await other.verify(token)).ok).toBe(true);
  });
});
