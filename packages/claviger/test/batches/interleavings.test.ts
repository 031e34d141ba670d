import type { Store } from "@claviger/core";
import { memoryStore } from "@claviger/memory";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { batchedStore } from "../../src/batches/batched-store.js";
import { LANES } from "../../src/batches/portions.js";
import { openWorld } from "../support/open-world.js";

const CREDITS = 6;
const KEYS = 3;

/** Reads and charges reach the store, fail on the way to it or are answered, in whatever order the scheduler likes. */
function travelling(inner: Store, scheduler: fc.Scheduler, fails: () => boolean) {
  const underWay = { find: 0, consume: 0, most: 0 };

  async function travel<Result>(kind: "find" | "consume", call: () => Promise<Result>): Promise<Result> {
    underWay[kind] += 1;
    underWay.most = Math.max(underWay.most, underWay[kind]);
    try {
      await scheduler.schedule(Promise.resolve(), `a ${kind} reaches the store`);
      if (kind === "find" && fails()) throw new Error("lost on the way");
      const result = await call();
      await scheduler.schedule(Promise.resolve(), `a ${kind} is answered`);
      return result;
    } finally {
      underWay[kind] -= 1;
    }
  }

  const store: Store = {
    ...inner,
    find: (ids, tenant) => (tenant === undefined ? travel("find", () => inner.find(ids)) : inner.find(ids, tenant)),
    consume: (requests, nowMs) => travel("consume", () => inner.consume(requests, nowMs)),
  };
  return { store, underWay };
}

describe("in every order of calls and replies", () => {
  it("each caller gets the answer to what he asked, though batches fail, and lanes are never more than there are", async () => {
    const asks = fc.array(fc.nat({ max: 5 }), { minLength: 1, maxLength: 16 });
    await fc.assert(
      fc.asyncProperty(fc.scheduler(), asks, fc.infiniteStream(fc.boolean()), async (scheduler, wanted, failing) => {
        const { keyring, store: inner } = openWorld(memoryStore());
        const ids: string[] = [];
        for (let made = 0; made < KEYS; made += 1) ids.push((await keyring.create({ owner: "u", name: "k" })).key.id);
        const { store, underWay } = travelling(inner, scheduler, () => failing.next().value === true);
        const batched = batchedStore(store);
        const answers = wanted.map(async (which) => {
          await scheduler.schedule(Promise.resolve(), "a caller comes");
          const id = ids[which] ?? "none";
          const [key] = await batched.find([id]).catch(() => ["failed" as const]);
          if (key !== "failed") expect(key?.id).toBe(ids[which]);
        });
        await scheduler.waitFor(Promise.all(answers));
        expect(underWay.most).toBeLessThanOrEqual(LANES);
      }),
    );
  });

  it("promise 1: who asks after a revoke has resolved finds the key revoked, whatever was under way", async () => {
    await fc.assert(
      fc.asyncProperty(fc.scheduler(), async (scheduler) => {
        const { keyring, store: inner } = openWorld(memoryStore());
        const { key, token } = await keyring.create({ owner: "u", name: "k" });
        const { store } = travelling(inner, scheduler, () => false);
        const verifier = openWorld(store);
        let isRevoked = false;
        const verifies = Array.from({ length: 12 }, async () => {
          await scheduler.schedule(Promise.resolve(), "a verify");
          const isLate = isRevoked;
          const { ok } = await verifier.keyring.verify(token);
          if (isLate) expect(ok).toBe(false);
        });
        const revoke = async (): Promise<void> => {
          await scheduler.schedule(Promise.resolve(), "the revoke");
          await keyring.revoke(key.id);
          isRevoked = true;
        };
        await scheduler.waitFor(Promise.all([...verifies, revoke()]));
      }),
    );
  });

  it("promise 3: exactly as many are admitted as fit, and each is told of another state of the meter", async () => {
    await fc.assert(
      fc.asyncProperty(fc.scheduler(), fc.integer({ min: CREDITS, max: 14 }), async (scheduler, callers) => {
        const inner = memoryStore();
        const maker = openWorld(inner);
        const { token } = await maker.keyring.create({
          owner: "u",
          name: "k",
          limits: [{ name: "budget", kind: "credits", limit: CREDITS }],
        });
        const { store } = travelling(inner, scheduler, () => false);
        const { keyring } = openWorld(store);
        const verdicts = await scheduler.waitFor(
          Promise.all(
            Array.from({ length: callers }, async () => {
              await scheduler.schedule(Promise.resolve(), "a verify");
              return keyring.verify(token);
            }),
          ),
        );
        const remaining = verdicts.filter(({ ok }) => ok).map(({ limits }) => limits?.[0]?.remaining);
        expect(remaining.sort()).toEqual(Array.from({ length: CREDITS }, (_, index) => index));
      }),
    );
  });
});
