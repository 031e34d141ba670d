import type { LimitInput } from "@claviger/core";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { onEachStore, usePostgres } from "./support/on-each-store.js";
import { openWorld, type World } from "./support/open-world.js";

const CONNECTIONS = 24;
const LIMIT = 100;
const REQUESTS = 1_000;

async function admittedOf(worlds: readonly World[], token: string): Promise<number> {
  const verdicts = await Promise.all(
    Array.from({ length: REQUESTS }, (_, index) => worlds[index % worlds.length]?.keyring.verify(token)),
  );
  for (const verdict of verdicts)
    if (verdict?.ok !== true) expect(verdict?.code).toMatch(/^(rate_limited|quota_exceeded)$/);
  return verdicts.filter((verdict) => verdict?.ok).length;
}

describe("promise 3: 1,000 verifies at once over two dozen connections, by two keyrings", () => {
  const { createStore } = usePostgres(CONNECTIONS);
  const exact: readonly (readonly [string, readonly LimitInput[], number])[] = [
    ["fixed window", [{ name: "burst", kind: "rate", limit: LIMIT, per: "1m", algorithm: "fixed" }], LIMIT],
    ["GCRA on the caller's clock", [{ name: "burst", kind: "rate", limit: LIMIT, per: "1m" }], LIMIT],
    ["quota", [{ name: "month", kind: "quota", limit: LIMIT, refill: "month", timeZone: "Europe/Berlin" }], LIMIT],
    ["credits", [{ name: "budget", kind: "credits", limit: LIMIT }], LIMIT],
    [
      "the least of three together",
      [
        { name: "burst", kind: "rate", limit: LIMIT, per: "1m" },
        { name: "budget", kind: "credits", limit: 60 },
        { name: "month", kind: "quota", limit: 70, refill: "month" },
      ],
      60,
    ],
  ];

  it.each(exact)("%s: exactly as many as the limit", async (_, limits, expected) => {
    const first = openWorld(createStore());
    const second = openWorld(createStore());
    const { key, token } = await first.keyring.create({ owner: "user_1", name: "A key", limits });
    expect(await admittedOf([first, second], token)).toBe(expected);
    const after = await first.keyring.verify(token);
    const remaining = limits.map(({ limit }) => limit - expected);
    expect(after).toMatchObject({ ok: false, keyId: key.id, limits: remaining.map((left) => ({ remaining: left })) });
  });

  it("GCRA on the server's own clock: the limit, and what the time of the test itself refilled", async () => {
    const refillMs = 36_000;
    const worlds = [openWorld(createStore("store")), openWorld(createStore("store"))];
    const { token } =
      (await worlds[0]?.keyring.create({
        owner: "user_1",
        name: "A key",
        limits: [{ name: "burst", kind: "rate", limit: LIMIT, per: "1h" }],
      })) ?? {};
    if (token === undefined) throw new Error("no key was made");
    const startMs = performance.now();
    const admitted = await admittedOf(worlds, token);
    const refilled = Math.ceil((performance.now() - startMs) / refillMs);
    expect(admitted).toBeGreaterThanOrEqual(LIMIT);
    expect(admitted).toBeLessThanOrEqual(LIMIT + refilled);
  });
});

describe("QL-26 fifty parallel creates against a cap of five", () => {
  const { createStore } = usePostgres(CONNECTIONS);

  it("leave five, 20 runs of 20", async () => {
    const settings = { maxKeysPerOwner: 5 };
    const worlds = [openWorld(createStore(), { settings }), openWorld(createStore(), { settings })] as const;
    for (let run = 0; run < 20; run += 1) {
      const owner = `owner ${run}`;
      const results = await Promise.allSettled(
        Array.from({ length: 50 }, (_, index) =>
          worlds[index % 2 === 0 ? 0 : 1].keyring.create({ owner, name: `Key ${index}` }),
        ),
      );
      const made = results.filter(({ status }) => status === "fulfilled");
      expect(made).toHaveLength(5);
      for (const result of results)
        if (result.status === "rejected")
          expect(result.reason).toMatchObject({ code: "limit_reached", limit: 5, field: "owner" });
      expect((await worlds[0].keyring.list({ owner, pageSize: 100 })).items).toHaveLength(5);
    }
  }, 60_000);
});

onEachStore((createStore) => {
  const anyLimit: fc.Arbitrary<LimitInput> = fc
    .oneof(
      fc.record({
        kind: fc.constant("rate" as const),
        limit: fc.integer({ min: 1, max: 7 }),
        per: fc.constantFrom(1_000, 60_000, 61_001),
        algorithm: fc.constantFrom("gcra" as const, "fixed" as const),
      }),
      fc.record({
        kind: fc.constant("quota" as const),
        limit: fc.integer({ min: 1, max: 7 }),
        refill: fc.constantFrom("day" as const, 5_000),
      }),
    )
    .map((limit) => ({ ...limit, name: `${limit.kind}-limit` }));
  const severalLimits = fc.uniqueArray(anyLimit, { minLength: 1, maxLength: 2, selector: ({ name }) => name });

  it("waiting exactly retryAfterMs succeeds, and a millisecond less does not", async () => {
    await fc.assert(
      fc.asyncProperty(
        severalLimits,
        fc.array(fc.nat(3_000), { maxLength: 8 }),
        fc.integer({ min: 1, max: 2 }),
        async (limits, pauses, cost) => {
          fc.pre(limits.every(({ limit }) => limit >= cost));
          const { keyring, clock } = openWorld(createStore(), { settings: { maxKeysPerOwner: 10_000 } });
          const { token } = await keyring.create({
            owner: "owner of many",
            name: "A key",
            limits,
            expiresIn: "300d",
          });
          for (const pauseMs of pauses) {
            await keyring.verify(token);
            clock.advance(pauseMs);
          }
          for (let turn = 0; turn < 20; turn += 1) {
            const verdict = await keyring.verify(token, { cost });
            if (verdict.ok) continue;
            const { retryAfterMs = 0 } = verdict;
            expect(retryAfterMs).toBeGreaterThan(0);
            clock.advance(retryAfterMs - 1);
            expect((await keyring.verify(token, { cost })).ok).toBe(false);
            clock.advance(1);
            expect((await keyring.verify(token, { cost })).ok).toBe(true);
            return;
          }
          throw new Error("no limit ever refused");
        },
      ),
    );
  }, 120_000);

  it("a cost above the burst is denied on a fresh key too, and no wait is promised", async () => {
    const { keyring } = openWorld(createStore());
    const limits = [{ name: "burst", kind: "rate", limit: 5, per: "1m" } as const];
    const { token } = await keyring.create({ owner: "user_1", name: "A key", limits });
    const verdict = await keyring.verify(token, { cost: 6 });
    expect(verdict).toMatchObject({ ok: false, code: "rate_limited", limits: [{ remaining: 5 }] });
    expect(verdict).not.toHaveProperty("retryAfterMs");
    expect(await keyring.verify(token, { cost: 5 })).toMatchObject({ ok: true, limits: [{ remaining: 0 }] });
  });

  it("a limit of 0 denies always", async () => {
    const { keyring, clock } = openWorld(createStore());
    for (const limit of [
      { name: "none", kind: "rate", limit: 0, per: "1s" },
      { name: "none", kind: "rate", limit: 0, per: "1s", algorithm: "fixed" },
      { name: "none", kind: "quota", limit: 0, refill: "day" },
      { name: "none", kind: "credits", limit: 0 },
    ] as const) {
      const { token } = await keyring.create({ owner: "user_1", name: "A key", limits: [limit] });
      expect((await keyring.verify(token)).ok).toBe(false);
      clock.advance(100_000);
      expect((await keyring.verify(token)).ok).toBe(false);
    }
  });

  it("credits are topped up by raising the limit, and nothing else of an update touches what was spent", async () => {
    const { keyring } = openWorld(createStore());
    const credits = (limit: number) => [{ name: "budget", kind: "credits", limit } as const];
    const { key, token } = await keyring.create({ owner: "user_1", name: "A key", limits: credits(2) });
    for (const ok of [true, true, false]) expect((await keyring.verify(token)).ok).toBe(ok);
    await keyring.update(key.id, { name: "Another" });
    await keyring.disable(key.id);
    await keyring.enable(key.id);
    expect((await keyring.verify(token)).ok).toBe(false);
    await keyring.update(key.id, { limits: credits(3) });
    expect(await keyring.verify(token)).toMatchObject({ ok: true, limits: [{ limit: 3, remaining: 0 }] });
    const rotated = await keyring.rotate(key.id);
    expect((await keyring.verify(rotated.token)).ok).toBe(false);
  });

  it("the states of all limits are on the verdict, in declared order, admitted or not", async () => {
    const { keyring, clock } = openWorld(createStore());
    const limits = [
      { name: "day", kind: "quota", limit: 2, refill: "day" },
      { name: "burst", kind: "rate", limit: 10, per: "10s" },
      { name: "budget", kind: "credits", limit: 5 },
    ] as const;
    const { token } = await keyring.create({ owner: "user_1", name: "A key", limits });
    const midnight = Date.UTC(2026, 5, 22);
    const verdict = await keyring.verify(token, { cost: 2 });
    expect(verdict.limits).toEqual([
      { name: "day", kind: "quota", limit: 2, remaining: 0, resetAt: midnight, windowMs: 86_400_000 },
      { name: "burst", kind: "rate", limit: 10, remaining: 8, resetAt: clock.now() + 2_000, windowMs: 10_000 },
      { name: "budget", kind: "credits", limit: 5, remaining: 3 },
    ]);
    expect(await keyring.verify(token)).toMatchObject({
      ok: false,
      code: "quota_exceeded",
      retryAfterMs: midnight - clock.now(),
      limits: [
        { name: "day", remaining: 0 },
        { name: "burst", remaining: 8 },
        { name: "budget", remaining: 3 },
      ],
    });
  });

  it("QL-39 revoked, leaked, deleted and expired keys leave their owner room; disabled, pending and rotated ones do not", async () => {
    const { keyring, clock } = openWorld(createStore(), { settings: { maxKeysPerOwner: 2 } });
    const owner = "owner of two";
    const create = (expiresIn: "1h" | "90d" = "90d"): Promise<string> =>
      keyring.create({ owner, name: "A key", expiresIn }).then(({ key }) => key.id);
    const full = (): Promise<void> => expect(create()).rejects.toMatchObject({ code: "limit_reached" });
    const [first] = [await create(), await create()];
    await full();
    await keyring.disable(first);
    await full();
    await keyring.rotate(first);
    await full();
    await keyring.revoke(first);
    const second = await create();
    await full();
    await keyring.revoke(second, { leaked: true });
    const third = await create();
    await keyring.delete(third);
    await create("1h");
    await full();
    clock.advance(3_600_000);
    await create();
    await full();
  });

  it("QL-25 a lower maximum binds new keys only: the surplus stays valid", async () => {
    const store = createStore();
    const before = openWorld(store);
    const owner = "owner with a surplus";
    const made = await Promise.all([1, 2, 3].map(() => before.keyring.create({ owner, name: "A key" })));
    const after = openWorld(store, { settings: { maxKeysPerOwner: 1 } });
    await expect(after.keyring.create({ owner, name: "A key" })).rejects.toMatchObject({ code: "limit_reached" });
    for (const { key, token } of made) {
      expect((await after.keyring.verify(token)).ok).toBe(true);
      expect((await after.keyring.update(key.id, { name: "Another" })).version).toBe(2);
    }
  });
});
