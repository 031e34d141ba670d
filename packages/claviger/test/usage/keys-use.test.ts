import type { Store } from "@claviger/core";
import { formatToken } from "@claviger/core";
import { describe, expect, it } from "vitest";
import type { KeyringOptions } from "../../src/options.js";
import { onEachStore } from "../support/on-each-store.js";
import { openWorld, type World } from "../support/open-world.js";
import { rejectionOf } from "../support/rejection.js";

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const NOON = Date.UTC(2026, 5, 21, 12);

onEachStore((createStore) => {
  const open = (usage: KeyringOptions["usage"] = {}, store: Store = createStore()): World =>
    openWorld(store, { usage });
  const input = { owner: "user_1", name: "ERP", scopes: ["invoices:*"] } as const;

  describe("usage", () => {
    it("KF-18 the overview shows when a key was last used to authenticate", async () => {
      const { keyring, clock } = open();
      const { key, token } = await keyring.create({ ...input, owner: "overview" });
      expect(key.lastUsedAt).toBeNull();
      await keyring.verify(token);
      clock.advance(1_000);
      await keyring.verify(token);
      await keyring.flush();
      const used = await keyring.get(key.id);
      expect(used).toEqual({ ...key, lastUsedAt: NOON + 1_000 });
      expect((await keyring.list({ owner: "overview" })).items).toEqual([used]);
      expect((await keyring.verify(token)).ok).toBe(true);
    });

    it("KF-18 a process whose clock is behind, or that comes late, does not move it back", async () => {
      const store = createStore();
      const [ahead, behind] = [open({}, store), open({}, store)];
      const { key, token } = await ahead.keyring.create(input);
      behind.clock.advance(-500);
      await behind.keyring.verify(token);
      await ahead.keyring.verify(token);
      await ahead.keyring.flush();
      await behind.keyring.flush();
      expect((await ahead.keyring.get(key.id)).lastUsedAt).toBe(NOON);
      expect((await ahead.keyring.usage.get(key.id)).secrets).toMatchObject([{ firstAt: NOON - 500, lastAt: NOON }]);
    });

    it("QL-2 it is counted per key, hour and outcome; who did not show the secret leaves no trace", async () => {
      const { keyring, clock } = open();
      const { key, token } = await keyring.create({ ...input, limits: [{ name: "few", kind: "credits", limit: 2 }] });
      const wrong = formatToken("acme_live", key.id, "W".repeat(32));
      for (const presented of [token, wrong, "no token", token, token]) await keyring.verify(presented);
      clock.advance(HOUR_MS);
      await keyring.verify(token, { scopes: ["payments:send"] });
      await keyring.revoke(key.id);
      await keyring.verify(token);
      await keyring.flush();
      expect(await keyring.usage.get(key.id)).toMatchObject({
        lastUsedAt: NOON,
        counts: [
          { hourAt: NOON, outcome: "accepted", count: 2 },
          { hourAt: NOON, outcome: "quota_exceeded", count: 1 },
          { hourAt: NOON + HOUR_MS, outcome: "insufficient_scope", count: 1 },
          { hourAt: NOON + HOUR_MS, outcome: "revoked", count: 1 },
        ],
      });
    });

    it("QL-2 several processes' counts add up, and a range bounds them", async () => {
      const store = createStore();
      const worlds = [open({}, store), open({}, store), open({}, store)];
      const reader = open({}, store).keyring;
      const { key, token } = await reader.create(input);
      for (const { keyring, clock } of worlds) {
        await keyring.verify(token);
        clock.advance(HOUR_MS);
        await keyring.verify(token);
      }
      await Promise.all(worlds.map(({ keyring }) => keyring.flush()));
      const counted = async (range?: { from?: Date; before?: number }): Promise<readonly number[]> =>
        (await reader.usage.get(key.id, range)).counts.map(({ count }) => count);
      expect(await counted({ from: new Date(NOON), before: NOON + 2 * HOUR_MS })).toEqual([3, 3]);
      expect(await counted({ from: new Date(NOON + 1), before: NOON + DAY_MS })).toEqual([3]);
      expect(await counted()).toEqual([3]);
      expect(await counted({ from: new Date(NOON - DAY_MS), before: NOON })).toEqual([]);
    });

    it("during a rotation it shows who still sends the old token", async () => {
      const { keyring, clock } = open();
      const { key, token: oldToken } = await keyring.create(input);
      await keyring.verify(oldToken);
      const { token: newToken } = await keyring.rotate(key.id);
      clock.advance(1_000);
      await keyring.verify(newToken);
      await keyring.verify(oldToken);
      clock.advance(1_000);
      await keyring.verify(newToken);
      await keyring.flush();
      expect((await keyring.usage.get(key.id)).secrets).toEqual([
        { version: 1, isCurrent: false, firstAt: NOON, lastAt: NOON + 1_000 },
        { version: 2, isCurrent: true, firstAt: NOON + 1_000, lastAt: NOON + 2_000 },
      ]);
      await keyring.cancelRotation(key.id);
      expect((await keyring.usage.get(key.id)).secrets).toMatchObject([{ isCurrent: true }, { isCurrent: false }]);
    });

    it("DB-10 as evidence, which of its scopes a key used and when last; of others it says nothing", async () => {
      const { keyring, clock } = open({ evidence: true });
      const { key, token } = await keyring.create({ ...input, scopes: ["invoices:*", "payments:send"] });
      await keyring.verify(token, { scopes: ["invoices:read", "invoices:write"] });
      clock.advance(DAY_MS);
      await keyring.verify(token, { scopes: ["invoices:read"] });
      await keyring.verify(token, { scopes: ["admin:all"] });
      await keyring.flush();
      expect((await keyring.usage.get(key.id)).scopes).toEqual([
        { name: "invoices:read", firstAt: NOON, lastAt: NOON + DAY_MS },
        { name: "invoices:write", firstAt: NOON, lastAt: NOON },
      ]);
    });

    it("KF-27 SD-16 DB-11 as evidence, which programs use a key, seen first and last", async () => {
      const { keyring, clock } = open({ evidence: true });
      const { key, token } = await keyring.create(input);
      await keyring.verify(token, { client: "acme-erp/4.2" });
      clock.advance(DAY_MS);
      await keyring.verify(token, { client: "acme-erp/4.2" });
      await keyring.verify(token, { client: "curl/8" });
      await keyring.verify(token, { client: `curl/8 -H ${token} ${"x".repeat(5_000)}` });
      await keyring.verify(token, { client: "\0" });
      await keyring.flush();
      const { clients } = await keyring.usage.get(key.id);
      expect(clients.slice(0, 2)).toEqual([
        { name: "acme-erp/4.2", firstAt: NOON, lastAt: NOON + DAY_MS },
        { name: "curl/8", firstAt: NOON + DAY_MS, lastAt: NOON + DAY_MS },
      ]);
      expect(clients).toHaveLength(3);
      expect(clients[2]?.name).toContain(`curl/8 -H acme_live_${key.id}_…`);
    });

    it("without evidence it keeps neither, though requests name them", async () => {
      const { keyring } = open();
      const { key, token } = await keyring.create(input);
      await keyring.verify(token, { scopes: ["invoices:read"], client: "curl/8" });
      await keyring.flush();
      expect(await keyring.usage.get(key.id)).toMatchObject({ lastUsedAt: NOON, scopes: [], clients: [] });
    });

    it("of an unused key it knows nothing; a deleted or another tenant's key is not found", async () => {
      const { keyring } = open();
      const { key, token } = await keyring.create(input);
      const unused = { keyId: key.id, lastUsedAt: null, secrets: [], counts: [], scopes: [], clients: [] };
      expect(await keyring.usage.get(key.id)).toEqual(unused);
      expect((await rejectionOf(() => keyring.tenant("t_2").usage.get(key.id))).code).toBe("not_found");
      await keyring.verify(token);
      await keyring.delete(key.id);
      await keyring.flush();
      expect((await rejectionOf(() => keyring.usage.get(key.id))).code).toBe("not_found");
    });

    it("promise 2: what is written of a key that has ended meanwhile leaves it ended", async () => {
      const { keyring } = open();
      const { key, token } = await keyring.create(input);
      await keyring.verify(token);
      const revoked = await keyring.revoke(key.id);
      await keyring.flush();
      expect(await keyring.get(key.id)).toEqual({ ...revoked, lastUsedAt: NOON });
    });
  });

  it("no verify waits for its use to be written, nor does it fail with it", async () => {
    const inner = createStore();
    const store: Store = { ...inner, recordUsage: () => new Promise(() => undefined) };
    const { keyring } = openWorld(store, { usage: {} });
    const { token } = await keyring.create(input);
    await keyring.verify(token);
    void keyring.flush();
    for (let times = 0; times < 3; times += 1) expect((await keyring.verify(token)).ok).toBe(true);
  });
});
