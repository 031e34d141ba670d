import type { LimitInput } from "@claviger/core";
import { describe, expect, it } from "vitest";
import { onEachStore } from "../support/on-each-store.js";
import { openWorld, type World } from "../support/open-world.js";

const KEY = { owner: "user_1", name: "A key" };
const DAY_MS = 86_400_000;

const rate = (limit: number, per: "1s" | "1m" | "2m" | "3m" | "1h" | "30d"): LimitInput => ({
  name: "burst",
  kind: "rate",
  limit,
  per,
});
const quota = (limit: number, refill: "1s" | "day" | "month"): LimitInput => ({
  name: "all",
  kind: "quota",
  limit,
  refill,
});

async function admittedOf({ keyring }: World, token: string): Promise<number> {
  for (let admitted = 0; admitted < 1_000; admitted += 1) if (!(await keyring.verify(token)).ok) return admitted;
  throw new Error("nothing limits this key");
}

onEachStore((createStore) => {
  describe("update of a limit's period", () => {
    it("promise 3: what was spent in the period under way counts in the new one, and no unit comes back", async () => {
      const { keyring } = openWorld(createStore());
      const limits = (per: "1h" | "1m", refill: "day" | "month") => [rate(10, per), quota(10, refill)];
      const { key, token } = await keyring.create({ ...KEY, limits: limits("1h", "month") });
      await keyring.verify(token, { cost: 7 });
      await keyring.update(key.id, { limits: limits("1m", "day") });
      const left = async () => (await keyring.limits.peek(key.id)).map(({ remaining }) => remaining);
      expect(await left()).toEqual([3, 3]);
      await keyring.verify(token, { cost: 2 });
      await keyring.update(key.id, { limits: limits("1h", "month") });
      expect(await left()).toEqual([1, 1]);
    });

    it("is store_unavailable, and no change, where the meters cannot be read", async () => {
      const inner = createStore();
      const store = { ...inner, consume: () => Promise.reject(new Error("out of order")) };
      const { keyring } = openWorld(store);
      const { key } = await keyring.create({ ...KEY, limits: [rate(10, "1m"), quota(10, "day")] });
      const limits = [rate(10, "1h")];
      await expect(keyring.update(key.id, { limits })).rejects.toMatchObject({ code: "store_unavailable" });
      expect((await keyring.get(key.id)).version).toBe(key.version);
      await keyring.update(key.id, { limits: [quota(10, "day")] });
    });

    it("promise 3: a quota that goes to a shorter period and back has its former count", async () => {
      const world = openWorld(createStore());
      const { key, token } = await world.keyring.create({ ...KEY, limits: [quota(6, "day")] });
      expect(await admittedOf(world, token)).toBe(6);
      for (const _ of [1, 2]) {
        await world.keyring.update(key.id, { limits: [quota(1, "1s")] });
        world.clock.advance(1_000);
        expect(await admittedOf(world, token)).toBe(1);
        await world.keyring.update(key.id, { limits: [quota(6, "day")] });
        expect(await admittedOf(world, token)).toBe(0);
      }
      world.clock.advance(DAY_MS);
      expect(await admittedOf(world, token)).toBe(6);
    });

    it("promise 3: a rate that is changed by way of a small one, or of none, admits no more at once", async () => {
      const world = openWorld(createStore());
      const { key, token } = await world.keyring.create({ ...KEY, limits: [rate(20, "1m")] });
      expect(await admittedOf(world, token)).toBe(20);
      for (const next of [rate(2, "1m"), rate(20, "2m"), rate(0, "1h"), rate(20, "3m")]) {
        await world.keyring.update(key.id, { limits: [next] });
        expect(await admittedOf(world, token)).toBe(0);
      }
      world.clock.advance(90_000);
      expect(await admittedOf(world, token)).toBe(10);
    });

    it("that fails leaves what the former limit has; what it put down counts, should it be made in the new period", async () => {
      const inner = createStore();
      let failing = true;
      const replace = (...args: Parameters<typeof inner.replace>) =>
        failing ? Promise.reject(new Error("out of order")) : inner.replace(...args);
      const world = openWorld({ ...inner, replace });
      const { key, token } = await world.keyring.create({ ...KEY, limits: [rate(10, "1s")] });
      expect(await admittedOf(world, token)).toBe(10);
      const limits = [rate(10, "30d")];
      await expect(world.keyring.update(key.id, { limits })).rejects.toMatchObject({ code: "store_unavailable" });
      world.clock.advance(3 * DAY_MS);
      expect(await world.keyring.limits.peek(key.id)).toMatchObject([{ remaining: 10, windowMs: 1_000 }]);
      failing = false;
      await world.keyring.update(key.id, { limits });
      expect(await admittedOf(world, token)).toBe(1);
    });
  });
});
