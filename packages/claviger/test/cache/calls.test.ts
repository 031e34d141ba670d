import { memoryStore } from "@claviger/memory";
import { NO_CALLS } from "@claviger/testing";
import { describe, expect, it } from "vitest";
import { openWorld, PEPPER } from "../support/open-world.js";
import { rejectionOf } from "../support/rejection.js";

const CACHE = { maxStaleMs: 5_000, maxEntries: 100 };
const KEY = { owner: "user_1", name: "A key" };
const LIMITED = { ...KEY, limits: [{ name: "budget", kind: "credits", limit: 9 }] } as const;

/** A keyring that was just started over keys that another made, and knows the gates before them. */
async function openStarted(input: typeof KEY | typeof LIMITED = KEY) {
  const inner = memoryStore();
  const before = openWorld(inner);
  const [{ token, key }, other] = [await before.keyring.create(input), await before.keyring.create(KEY)];
  const world = openWorld(inner, { cache: CACHE, gateStaleMs: 60_000 });
  expect((await world.keyring.verify(other.token)).ok).toBe(true);
  world.counts.reset();
  return { ...world, inner, token, key };
}

describe("what a verify asks of the store, with a cache and the gates known", () => {
  it("cold: one read; warm: nothing; and the same for what is no key", async () => {
    const { keyring, counts, inner } = await openStarted();
    const { token } = await openWorld(inner).keyring.create(KEY);
    const unknown = await openWorld(memoryStore()).keyring.create(KEY);
    for (const [each, ok] of [
      [token, true],
      [unknown.token, false],
    ] as const) {
      counts.reset();
      expect((await keyring.verify(each)).ok).toBe(ok);
      expect(counts.calls).toEqual({ ...NO_CALLS, find: 1 });
      for (let again = 0; again < 10; again += 1) expect((await keyring.verify(each)).ok).toBe(ok);
      expect(counts.calls).toEqual({ ...NO_CALLS, find: 1 });
    }
  });

  it("a hundred at once of one key: one read", async () => {
    const { keyring, counts, token } = await openStarted();
    const verdicts = await Promise.all(Array.from({ length: 100 }, () => keyring.verify(token)));
    expect(verdicts.every(({ ok }) => ok)).toBe(true);
    expect(counts.calls).toEqual({ ...NO_CALLS, find: 1 });
  });

  it("of a key with limits, each time its charge, which no memory replaces", async () => {
    const { keyring, counts, token } = await openStarted(LIMITED);
    for (let spent = 1; spent <= 10; spent += 1) expect((await keyring.verify(token)).ok).toBe(spent <= 9);
    expect(counts.calls).toEqual({ ...NO_CALLS, find: 1, consume: 10 });
  });

  it("without the option, a read each time", async () => {
    const { keyring, counts } = openWorld(memoryStore());
    const { token } = await keyring.create(KEY);
    counts.reset();
    for (let asked = 1; asked <= 3; asked += 1) {
      await keyring.verify(token);
      expect(counts.calls.find).toBe(asked);
    }
  });

  it("a rehash is met by the next verify, which reads once more", async () => {
    const inner = memoryStore();
    const { token, key } = await openWorld(inner).keyring.create(KEY);
    const newer = { id: "2027", secret: new Uint8Array(32).fill(7) };
    const { keyring, counts } = openWorld(inner, { cache: CACHE, peppers: [newer, PEPPER] });
    await keyring.verify(token);
    await keyring.flush();
    expect(await keyring.verify(token)).toMatchObject({ ok: true, key: { id: key.id, version: 2 } });
    await keyring.verify(token);
    await keyring.flush();
    expect(counts.calls).toMatchObject({ find: 2, replace: 1 });
  });
});

describe("promise 4: while the store is down", () => {
  const fail = async (): Promise<never> => Promise.reject(new Error("connection lost"));

  it("a warm key verifies until its read is maxStaleMs old, a cold one is store_unavailable, and so is a charge", async () => {
    const inner = memoryStore();
    let down = false;
    const { keyring, clock } = openWorld(
      {
        ...inner,
        find: (...given) => (down ? fail() : inner.find(...given)),
        consume: (...given) => (down ? fail() : inner.consume(...given)),
      },
      { cache: CACHE, gateStaleMs: 60_000 },
    );
    const [warm, cold, limited] = [await keyring.create(KEY), await keyring.create(KEY), await keyring.create(LIMITED)];
    expect((await keyring.verify(warm.token)).ok).toBe(true);
    expect((await keyring.verify(limited.token)).ok).toBe(true);
    down = true;
    clock.advance(CACHE.maxStaleMs - 1);
    expect((await keyring.verify(warm.token)).ok).toBe(true);
    for (const { token } of [cold, limited])
      expect((await rejectionOf(() => keyring.verify(token))).code).toBe("store_unavailable");
    clock.advance(1);
    expect((await rejectionOf(() => keyring.verify(warm.token))).code).toBe("store_unavailable");
    down = false;
    for (const { token } of [warm, cold, limited]) expect((await keyring.verify(token)).ok).toBe(true);
  });

  it("a revoke that could not be written leaves what is known of the key to be read again", async () => {
    const inner = memoryStore();
    let down = false;
    const { keyring, counts } = openWorld(
      { ...inner, replace: (...given) => (down ? fail() : inner.replace(...given)) },
      { cache: CACHE },
    );
    const { key, token } = await keyring.create(KEY);
    expect((await keyring.verify(token)).ok).toBe(true);
    down = true;
    expect((await rejectionOf(() => keyring.revoke(key.id))).code).toBe("store_unavailable");
    counts.reset();
    expect((await keyring.verify(token)).ok).toBe(true);
    expect(counts.calls.find).toBe(1);
  });
});

it("a status is computed when it is asked for: a key that is kept expires, and begins, on time", async () => {
  const { keyring, clock } = openWorld(memoryStore(), { cache: { maxStaleMs: 3_600_000, maxEntries: 9 } });
  const ends = await keyring.create({ ...KEY, expiresIn: "1m" });
  const begins = await keyring.create({ ...KEY, notBefore: clock.now() + 60_000 });
  const verdicts = async () => [await keyring.verify(ends.token), await keyring.verify(begins.token)];
  expect(await verdicts()).toMatchObject([{ ok: true }, { ok: false, code: "pending" }]);
  clock.advance(60_000);
  expect(await verdicts()).toMatchObject([{ ok: false, code: "expired" }, { ok: true }]);
});
