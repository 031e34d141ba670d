import type { LimitInput } from "@claviger/core";
import { describe, expect, it } from "vitest";
import { onEachStore } from "../support/on-each-store.js";
import { openWorld } from "../support/open-world.js";

const KEY = { owner: "user_1", name: "A key" };
const EVERY_KIND: readonly LimitInput[] = [
  { name: "burst", kind: "rate", limit: 10, per: "1m" },
  { name: "minute", kind: "rate", limit: 10, per: "1m", algorithm: "fixed" },
  { name: "day", kind: "quota", limit: 10, refill: "day", timeZone: "Europe/Berlin" },
  { name: "budget", kind: "credits", limit: 10 },
];

onEachStore((createStore) => {
  describe("limits.refund", () => {
    it("takes back what that verify has charged, of every kind of limit, once", async () => {
      const { keyring } = openWorld(createStore());
      const { key, token } = await keyring.create({ ...KEY, limits: EVERY_KIND });
      const remaining = async () => (await keyring.limits.peek(key.id)).map((limit) => limit.remaining);
      await keyring.verify(token, { cost: 3 });
      const verdict = await keyring.verify(token, { cost: 2 });
      expect(await remaining()).toEqual([5, 5, 5, 5]);
      expect(await keyring.limits.refund(verdict)).toEqual({ refunded: true });
      expect(await remaining()).toEqual([7, 7, 7, 7]);
      expect(await keyring.limits.refund(verdict)).toEqual({ refunded: false });
      expect(await remaining()).toEqual([7, 7, 7, 7]);
    });

    it("is the tenant's own, and the keyring's: neither gives back what another has spent", async () => {
      const store = createStore();
      const { keyring } = openWorld(store);
      const tenants = ["t_1", "t_2"].map((name) => keyring.tenant(name));
      const { key, token } = await keyring.tenant("t_1").create({ ...KEY, limits: EVERY_KIND });
      const verdict = await keyring.verify(token);
      const strangers = [tenants[1]?.limits, openWorld(createStore()).keyring.limits];
      for (const limits of strangers)
        await expect(limits?.refund(verdict)).rejects.toMatchObject({ code: "invalid_input", field: "verdict" });
      expect(await tenants[0]?.limits.refund(verdict)).toEqual({ refunded: true });
      const again = await keyring.verify(token);
      expect(await keyring.limits.refund(again)).toEqual({ refunded: true });
      expect((await tenants[0]?.limits.peek(key.id))?.map(({ remaining }) => remaining)).toEqual([10, 10, 10, 10]);
    });

    it("of a window that has passed gives nothing, and of a rate no more than is outstanding", async () => {
      const { keyring, clock } = openWorld(createStore());
      const { key, token } = await keyring.create({ ...KEY, limits: EVERY_KIND });
      const early = await keyring.verify(token, { cost: 4 });
      clock.advance(2 * 86_400_000);
      await keyring.verify(token, { cost: 5 });
      await keyring.limits.refund(early);
      const left = (await keyring.limits.peek(key.id)).map(({ remaining }) => remaining);
      expect(left).toEqual([9, 5, 5, 5]);
    });

    it("is not repeated after a lost reply: at most once", async () => {
      const inner = createStore();
      let failing = true;
      const store = {
        ...inner,
        refund: async (requests: Parameters<typeof inner.refund>[0]) => {
          await inner.refund(requests);
          if (failing) throw new Error("the reply was lost");
        },
      };
      const { keyring } = openWorld(store);
      const { key, token } = await keyring.create({ ...KEY, limits: EVERY_KIND });
      await keyring.verify(token, { cost: 5 });
      const verdict = await keyring.verify(token, { cost: 2 });
      await expect(keyring.limits.refund(verdict)).rejects.toMatchObject({ code: "store_unavailable" });
      failing = false;
      expect(await keyring.limits.refund(verdict)).toEqual({ refunded: false });
      expect((await keyring.limits.peek(key.id)).map(({ remaining }) => remaining)).toEqual([5, 5, 5, 5]);
    });

    it("of a key without limits, nothing happens; of what this process's verify did not give, it is invalid_input", async () => {
      const { keyring, counts } = openWorld(createStore());
      const { token } = await keyring.create(KEY);
      expect(await keyring.limits.refund(await keyring.verify(token))).toEqual({ refunded: false });
      const limited = await keyring.create({ ...KEY, limits: EVERY_KIND });
      const verdict = await keyring.verify(limited.token);
      const denied = await keyring.verify(limited.token, { cost: 99 });
      counts.reset();
      const revoked = Proxy.revocable({}, {});
      revoked.revoke();
      const others = [denied, { ...verdict }, structuredClone(verdict), revoked.proxy, {}, null, "verdict"];
      for (const other of others as never[]) {
        await expect(keyring.limits.refund(other)).rejects.toMatchObject({ code: "invalid_input", field: "verdict" });
      }
      expect(counts.calls.refund).toBe(0);
    });
  });

  describe("limits.peek", () => {
    it("tells what a verdict would, in declared order, and spends nothing", async () => {
      const { keyring, clock } = openWorld(createStore());
      const { key, token } = await keyring.create({ ...KEY, limits: EVERY_KIND });
      expect((await keyring.limits.peek(key.id)).map(({ remaining }) => remaining)).toEqual([10, 10, 10, 10]);
      const verdict = await keyring.verify(token, { cost: 4 });
      for (const _ of [1, 2]) expect(await keyring.limits.peek(key.id)).toEqual(verdict.limits);
      await keyring.verify(token, { cost: 6 });
      expect((await keyring.verify(token)).ok).toBe(false);
      expect((await keyring.limits.peek(key.id)).map(({ remaining }) => remaining)).toEqual([0, 0, 0, 0]);
      clock.advance(86_400_000);
      expect((await keyring.limits.peek(key.id)).map(({ remaining }) => remaining)).toEqual([10, 10, 10, 0]);
    });

    it("of a key that is disabled, too; of another tenant's or a deleted one it is not_found", async () => {
      const { keyring } = openWorld(createStore());
      const { key } = await keyring.create({ ...KEY, limits: EVERY_KIND });
      await keyring.disable(key.id);
      expect(await keyring.limits.peek(key.id)).toHaveLength(4);
      await expect(keyring.tenant("t_42").limits.peek(key.id)).rejects.toMatchObject({ code: "not_found" });
      await keyring.delete(key.id);
      await expect(keyring.limits.peek(key.id)).rejects.toMatchObject({ code: "not_found" });
      const { key: unlimited } = await keyring.create(KEY);
      expect(await keyring.limits.peek(unlimited.id)).toEqual([]);
    });
  });
});
