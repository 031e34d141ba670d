import { defineScopes, type SettingsInput } from "@claviger/core";
import { describe, expect, it } from "vitest";
import type { CreateInput } from "../src/keyring.js";
import { onEachStore } from "./support/on-each-store.js";
import { openWorld, type World } from "./support/open-world.js";

const DAY_MS = 86_400_000;
const KEY = { owner: "user_1", name: "A key" };

onEachStore((createStore) => {
  const under = (settings: SettingsInput): World => openWorld(createStore(), { settings });

  describe("lifetime", () => {
    it("is 90 days unless asked otherwise, at most 365, and never for ever by default", async () => {
      const { keyring, clock } = openWorld(createStore());
      expect((await keyring.create(KEY)).key.expiresAt).toBe(clock.now() + 90 * DAY_MS);
      expect((await keyring.create({ ...KEY, expiresIn: "365d" })).key.expiresAt).toBe(clock.now() + 365 * DAY_MS);
      for (const expiry of [
        { expiresIn: "366d" },
        { expiresIn: "never" },
        { expiresAt: new Date(clock.now() + 365 * DAY_MS + 1) },
      ] as const) {
        await expect(keyring.create({ ...KEY, ...expiry })).rejects.toMatchObject({
          code: "policy_violation",
          limit: 365 * DAY_MS,
        });
      }
    });

    it("QL-24 cannot pass the maximum by leaving it out, at create, update or rotate", async () => {
      const { keyring, clock } = under({ maxLifetime: "7d" });
      const { key } = await keyring.create(KEY);
      expect(key.expiresAt).toBe(clock.now() + 7 * DAY_MS);
      clock.advance(DAY_MS);
      expect((await keyring.update(key.id, { name: "Another" })).expiresAt).toBe(key.expiresAt);
      expect((await keyring.rotate(key.id)).key.expiresAt).toBe(key.expiresAt);
      for (const expiry of [
        { expiresIn: "never" },
        { expiresIn: "8d" },
        { expiresAt: clock.now() + 7 * DAY_MS + 1 },
      ] as const) {
        await expect(keyring.update(key.id, expiry)).rejects.toMatchObject({ code: "policy_violation" });
        await expect(keyring.rotate(key.id, { ...expiry, overlap: 0 })).rejects.toMatchObject({
          code: "policy_violation",
        });
      }
      expect((await keyring.update(key.id, { expiresIn: "7d" })).expiresAt).toBe(clock.now() + 7 * DAY_MS);
    });

    it('"never" where maxLifetime is null, and only there', async () => {
      const { keyring, clock } = under({ maxLifetime: null });
      const { key, token } = await keyring.create({ ...KEY, expiresIn: "never" });
      expect(key.expiresAt).toBeNull();
      clock.advance(100 * 365 * DAY_MS);
      expect((await keyring.verify(token)).ok).toBe(true);
      expect((await under({ maxLifetime: null, defaultLifetime: null }).keyring.create(KEY)).key.expiresAt).toBeNull();
    });

    it("QL-24 a shorter maximum leaves the keys that there are alone", async () => {
      const store = createStore();
      const { key, token } = await openWorld(store).keyring.create({ ...KEY, expiresIn: "300d" });
      const { keyring } = openWorld(store, { settings: { maxLifetime: "1d" } });
      expect((await keyring.verify(token)).ok).toBe(true);
      expect((await keyring.get(key.id)).expiresAt).toBe(key.expiresAt);
    });

    it("QL-13 ends at expiresAt, to the millisecond, by no one's doing", async () => {
      const { keyring, clock, counts } = openWorld(createStore());
      const { key, token } = await keyring.create({ ...KEY, expiresIn: 1_000 });
      clock.advance(999);
      expect((await keyring.verify(token)).ok).toBe(true);
      counts.reset();
      clock.advance(1);
      expect(await keyring.verify(token)).toEqual({ ok: false, code: "expired", keyId: key.id });
      expect((await keyring.get(key.id)).status).toBe("expired");
      expect(counts.calls).toMatchObject({ replace: 0, append: 0 });
    });

    it("begins at notBefore, to the millisecond", async () => {
      const { keyring, clock } = openWorld(createStore());
      const { key, token } = await keyring.create({ ...KEY, notBefore: clock.now() + 10 });
      clock.advance(9);
      expect(await keyring.verify(token)).toEqual({ ok: false, code: "pending", keyId: key.id });
      clock.advance(1);
      expect((await keyring.verify(token)).ok).toBe(true);
    });

    it("an expiry that is none, past, or before the beginning is refused", async () => {
      const { keyring, clock } = openWorld(createStore());
      const now = clock.now();
      const bad: readonly (readonly [string, Partial<CreateInput>])[] = [
        ["expiresAt", { expiresAt: now }],
        ["expiresAt", { expiresAt: now - 1 }],
        ["expiresAt", { expiresAt: new Date("31/12/2020") }],
        ["expiresAt", { expiresAt: now + 5, notBefore: now + 5 }],
        ["expiresAt", { expiresAt: now + 5, expiresIn: "1d" }],
        ["expiresIn", { expiresIn: 0 }],
        ["expiresIn", { expiresIn: "-1d" }],
        ["expiresIn", { expiresIn: "0d" }],
        ["notBefore", { notBefore: Number.NaN }],
      ];
      for (const [field, input] of bad) {
        await expect(keyring.create({ ...KEY, ...input })).rejects.toMatchObject({ code: "invalid_input", field });
      }
    });
  });

  describe("allowed scopes", () => {
    const catalogue = defineScopes(
      { invoices: ["read", "write"], payments: ["send"] },
      { implies: { "invoices:write": ["invoices:read"] } },
    );
    const allowing = (allowedScopes?: readonly string[]): World =>
      openWorld(createStore(), { scopes: catalogue, settings: allowedScopes === undefined ? {} : { allowedScopes } });

    it("absent: any of the catalogue", async () => {
      const { keyring } = allowing();
      expect((await keyring.create({ ...KEY, scopes: ["**"] })).key.scopes).toEqual(["**"]);
    });

    it("empty: none, at create and at update", async () => {
      const { keyring } = allowing([]);
      await expect(keyring.create({ ...KEY, scopes: ["invoices:read"] })).rejects.toMatchObject({
        code: "policy_violation",
        field: "scopes[0]",
      });
      const { key } = await keyring.create(KEY);
      await expect(keyring.update(key.id, { scopes: ["invoices:read"] })).rejects.toMatchObject({
        code: "policy_violation",
      });
    });

    it("some: those, what they imply, and nothing wider", async () => {
      const { keyring } = allowing(["invoices:write"]);
      await keyring.create({ ...KEY, scopes: ["invoices:read", "invoices:write"] });
      for (const wider of ["invoices:*", "payments:send", "**"] as const) {
        await expect(keyring.create({ ...KEY, scopes: [wider] })).rejects.toMatchObject({ code: "policy_violation" });
      }
    });

    it("a scope that the catalogue does not know is refused at run time too", async () => {
      const { keyring } = allowing();
      for (const scope of ["invoices:delete", "constructor", "__proto__", "invoice:*"]) {
        await expect(keyring.create({ ...KEY, scopes: [scope] })).rejects.toMatchObject({
          code: "invalid_input",
          field: "scopes[0]",
        });
      }
    });

    it("one that verify is asked for and the catalogue does not know is missing, whatever was granted", async () => {
      const { keyring } = allowing();
      const { token } = await keyring.create({ ...KEY, scopes: ["**"] });
      expect(await keyring.verify(token, { scopes: ["orders:read"] })).toMatchObject({
        ok: false,
        code: "insufficient_scope",
        missingScopes: ["orders:read"],
      });
      expect((await keyring.verify(token, { scopes: ["invoices:read"] })).ok).toBe(true);
    });
  });

  it("QL-39 no key at all where the maximum is 0", async () => {
    const { keyring } = under({ maxKeysPerOwner: 0 });
    await expect(keyring.create(KEY)).rejects.toMatchObject({ code: "limit_reached", limit: 0 });
  });
});
