import type { KeyRecord, Store, Tombstone } from "@claviger/core";
import { memoryStore } from "@claviger/memory";
import {
  AMPLE,
  changed,
  changeOf,
  findOne,
  freshId,
  insertSample,
  replaceSample,
  sampleKey,
  tombstoneOf,
} from "@claviger/store-conformance/samples";
import { fakeClock } from "@claviger/testing";
import { describe, expect, it } from "vitest";
import { slowReads } from "../../test/cache/support/slow-reads.js";
import { createStopwatch } from "../elapsed.js";
import { checkedStore } from "../store/checked-store.js";
import { cachedStore } from "./cached-store.js";

const MAX_STALE_MS = 5_000;

/** A cache over a store in memory that others write to as well, without a signal. */
function open(change: (inner: Store) => Partial<Store> = () => ({}), maxEntries = 100, maxStaleMs = MAX_STALE_MS) {
  const others = memoryStore();
  const clock = fakeClock();
  const slow = slowReads({ ...others, ...change(others) });
  const stopwatch = createStopwatch(clock.now);
  const { store, hear } = cachedStore(checkedStore(slow.store), { maxStaleMs, maxEntries }, stopwatch);
  const stateOf = async (id: string): Promise<string | undefined> => (await findOne(store, id))?.state;
  return { ...slow, others, clock, store, hear, stateOf };
}

const disabled = (key: KeyRecord): KeyRecord => changed(key, { state: "disabled" });
const revoked = (key: KeyRecord): KeyRecord => changed(key, { state: "revoked" });

describe("a key that is kept", () => {
  it("is read once, while the read began less than maxStaleMs ago, and again from then on", async () => {
    const { others, clock, asked, stateOf } = open();
    const key = await insertSample(others);
    expect(await stateOf(key.id)).toBe("active");
    await replaceSample(others, disabled(key));
    clock.advance(MAX_STALE_MS - 1);
    expect(await stateOf(key.id)).toBe("active");
    expect(asked).toHaveLength(1);
    clock.advance(1);
    expect(await stateOf(key.id)).toBe("disabled");
    expect(asked).toHaveLength(2);
  });

  it("is as old as the beginning of the read, however late its reply", async () => {
    const { others, clock, slowNext, stateOf } = open();
    const key = await insertSample(others);
    const letGo = slowNext();
    const reading = stateOf(key.id);
    await replaceSample(others, disabled(key));
    clock.advance(MAX_STALE_MS - 1);
    letGo();
    expect(await reading).toBe("active");
    expect(await stateOf(key.id)).toBe("active");
    clock.advance(1);
    expect(await stateOf(key.id)).toBe("disabled");
  });

  it("is too old once the clock was seen to step back", async () => {
    const { others, clock, asked, stateOf } = open();
    const key = await insertSample(others);
    await stateOf(key.id);
    clock.advance(-1);
    await replaceSample(others, disabled(key));
    expect(await stateOf(key.id)).toBe("disabled");
    expect(asked).toHaveLength(2);
  });

  it("is one deeply frozen object that all share", async () => {
    const { others, store } = open((inner) => ({ find: async (ids) => structuredClone(await inner.find(ids)) }));
    const { id } = await insertSample(others, { metadata: { team: { name: "billing" } } });
    const [first, second] = [await findOne(store, id), await findOne(store, id)];
    expect(first).toBe(second);
    expect(Object.isFrozen(first)).toBe(true);
    expect(Object.isFrozen(first?.state === "active" && first.metadata.team)).toBe(true);
  });

  it("is answered for each id in the order asked, repeated and unknown ones too, with one read for all that are missing", async () => {
    const { others, store, asked } = open();
    const [a, b] = [await insertSample(others), await insertSample(others)];
    const none = freshId();
    await store.find([a.id]);
    const found = await store.find([none, b.id, a.id, b.id, none]);
    expect(found.map((key) => key?.id)).toEqual([undefined, b.id, a.id, b.id, undefined]);
    expect(asked).toEqual([[a.id], [none, b.id]]);
    expect(await store.find([])).toEqual([]);
    expect(asked).toHaveLength(2);
  });

  it("does not answer for a tenant: that asks the store each time, and drops what it proves old", async () => {
    const { others, store, asked, stateOf } = open();
    const key = await insertSample(others);
    expect(await stateOf(key.id)).toBe("active");
    await replaceSample(others, disabled(key));
    expect(await stateOf(key.id)).toBe("active");
    expect(await store.find([key.id], "another tenant")).toEqual([undefined]);
    expect(await stateOf(key.id)).toBe("active");
    expect(await store.find([key.id], key.tenant)).toMatchObject([{ state: "disabled" }]);
    expect(await stateOf(key.id)).toBe("disabled");
    expect(asked).toHaveLength(2);
  });
});

describe("an id that is none", () => {
  it("is remembered so, as long as a key is, and until it is one", async () => {
    const { others, store, clock, asked } = open();
    const key = sampleKey();
    expect(await findOne(store, key.id)).toBeUndefined();
    expect(await findOne(store, key.id)).toBeUndefined();
    expect(asked).toHaveLength(1);
    await store.insert(key, AMPLE, changeOf(key, "key.created"));
    expect(await findOne(store, key.id)).toMatchObject({ id: key.id });
    const elsewhere = sampleKey();
    expect(await findOne(store, elsewhere.id)).toBeUndefined();
    await others.insert(elsewhere, AMPLE, changeOf(elsewhere, "key.created"));
    expect(await findOne(store, elsewhere.id)).toBeUndefined();
    clock.advance(MAX_STALE_MS);
    expect(await findOne(store, elsewhere.id)).toMatchObject({ id: elsewhere.id });
  });

  it("is forgotten as one by whoever asks for it in its tenant and finds it", async () => {
    const { others, store } = open();
    const key = sampleKey();
    expect(await findOne(store, key.id)).toBeUndefined();
    await others.insert(key, AMPLE, changeOf(key, "key.created"));
    expect(await store.find([key.id], key.tenant)).toMatchObject([{ id: key.id }]);
    expect(await findOne(store, key.id)).toMatchObject({ id: key.id });
  });

  it("drives out no key, however many there are, and keys drive out no such id", async () => {
    const { others, store, asked } = open(undefined, 4);
    const [a, b] = [await insertSample(others), await insertSample(others)];
    await store.find([a.id, b.id]);
    for (let unknown = 0; unknown < 1_000; unknown += 1) await store.find([`unknown ${unknown}`]);
    expect(asked).toHaveLength(1_001);
    await store.find([a.id, b.id, "unknown 999", "unknown 998"]);
    expect(asked).toHaveLength(1_001);
    await store.find(["unknown 1"]);
    expect(asked).toHaveLength(1_002);
  });
});

it("of more keys than it may keep, those that were used last are there", async () => {
  const { others, store, asked } = open(undefined, 4);
  const keys: KeyRecord[] = [];
  for (let made = 0; made < 10; made += 1) keys.push(await insertSample(others));
  for (const { id } of keys) await store.find([id]);
  expect(asked).toHaveLength(10);
  for (const { id } of keys.slice(-2)) await store.find([id]);
  expect(asked).toHaveLength(10);
  for (const { id } of keys.slice(0, 6)) await store.find([id]);
  expect(asked).toHaveLength(16);
});

describe("reads under way", () => {
  it("one is shared by all who ask meanwhile", async () => {
    const { others, store, asked, slowNext } = open();
    const [a, b] = [await insertSample(others), await insertSample(others)];
    const letGo = slowNext();
    const all = [store.find([a.id]), store.find([a.id, b.id]), store.find([b.id, a.id])];
    letGo();
    const found = await Promise.all(all);
    expect(found.map((keys) => keys.map((key) => key?.id))).toEqual([[a.id], [a.id, b.id], [b.id, a.id]]);
    expect(asked).toEqual([[a.id], [b.id]]);
  });

  it.each([
    [2_000, 2_000],
    [MAX_STALE_MS, 3_000],
    [3_600_000, 3_000],
  ])("maxStaleMs %d: nobody joins one that began %d ms ago, and what it brings is not kept", async (maxStaleMs, ms) => {
    const { others, clock, slowNext, stateOf, asked } = open(undefined, 100, maxStaleMs);
    const key = await insertSample(others);
    const letGo = slowNext();
    const hanging = stateOf(key.id);
    await replaceSample(others, disabled(key));
    clock.advance(ms - 1);
    const joined = stateOf(key.id);
    expect(asked).toHaveLength(1);
    clock.advance(1);
    expect(await stateOf(key.id)).toBe("disabled");
    letGo();
    await Promise.all([hanging, joined]);
    expect(await stateOf(key.id)).toBe("disabled");
    expect(asked).toHaveLength(2);
  });

  it("one that lands late goes back to no earlier version", async () => {
    const { others, hear, slowNext, stateOf } = open();
    const key = await insertSample(others);
    const letGo = slowNext();
    const late = stateOf(key.id);
    await replaceSample(others, disabled(key));
    hear({ kind: "key", keyId: key.id });
    expect(await stateOf(key.id)).toBe("disabled");
    letGo();
    expect(await late).toBe("disabled");
  });

  it("a failed one fails those who waited for it, and nobody else", async () => {
    let broken = true;
    const { others, asked, stateOf } = open((inner) => ({
      find: async (ids) => {
        if (broken) throw new Error("connection lost");
        return inner.find(ids);
      },
    }));
    const key = await insertSample(others);
    const failed = await Promise.allSettled([stateOf(key.id), stateOf(key.id)]);
    expect(failed.map(({ status }) => status)).toEqual(["rejected", "rejected"]);
    expect(asked).toHaveLength(1);
    broken = false;
    expect(await stateOf(key.id)).toBe("active");
    broken = true;
    expect(await stateOf(key.id)).toBe("active");
    expect(asked).toHaveLength(2);
  });

  it.each([[undefined], [null], [5], [{}], [[]], [["one", "too many"]]])(
    "an answer such as %j is an error",
    async (answer) => {
      const { stateOf } = open(() => ({ find: async () => answer as never }));
      await expect(stateOf(freshId())).rejects.toThrow();
    },
  );
});

/** What makes a cache forget a key. */
const INVALIDATIONS: {
  readonly [name: string]: (world: ReturnType<typeof open>, next: KeyRecord) => Promise<void> | void;
} = {
  "a replace of its own": async ({ store }, next) => replaceSample(store, next),
  "a signal of the key": async ({ others, hear }, next) => {
    await replaceSample(others, next);
    hear({ kind: "key", keyId: next.id });
  },
  "a signal that it hears again": async ({ others, hear }, next) => {
    await replaceSample(others, next);
    hear({ kind: "hearing" });
  },
  "a read of its own for the tenant": async ({ others, store }, next) => {
    await replaceSample(others, next);
    expect(await store.find([next.id], next.tenant)).toMatchObject([{ version: next.version }]);
  },
  "a conflict of its own": async ({ others, store }, next) => {
    await replaceSample(others, next);
    expect(await store.replace(next, next.version - 1, changeOf(next, "key.updated"))).toMatchObject({
      outcome: "conflict",
    });
  },
};

describe.each(Object.entries(INVALIDATIONS))("promise 1: after %s", (_, invalidate) => {
  it("who asks reads anew", async () => {
    const world = open();
    const key = await insertSample(world.others);
    expect(await world.stateOf(key.id)).toBe("active");
    await invalidate(world, disabled(key));
    expect(await world.stateOf(key.id)).toBe("disabled");
  });

  it("nobody joins a read that was under way, and what it brings is not kept", async () => {
    const world = open();
    const key = await insertSample(world.others);
    const letGo = world.slowNext();
    const late = world.stateOf(key.id);
    await invalidate(world, disabled(key));
    const anew = world.slowNext();
    const asking = world.stateOf(key.id);
    letGo();
    expect(await late).toBe("active");
    const joining = world.stateOf(key.id);
    anew();
    expect(await Promise.all([asking, joining, world.stateOf(key.id)])).toEqual(["disabled", "disabled", "disabled"]);
    expect(world.asked).toHaveLength(2);
  });
});

describe("a write whose reply is lost", () => {
  const lossy = (inner: Store): Partial<Store> => ({
    replace: async (...given) => {
      await inner.replace(...given);
      throw new Error("connection lost");
    },
    insert: async (...given) => {
      await inner.insert(...given);
      throw new Error("connection lost");
    },
  });

  it("makes the cache forget the key all the same", async () => {
    const { others, store, stateOf } = open(lossy);
    const key = await insertSample(others);
    expect(await stateOf(key.id)).toBe("active");
    await expect(replaceSample(store, disabled(key))).rejects.toThrow("connection lost");
    expect(await stateOf(key.id)).toBe("disabled");
    const created = sampleKey();
    expect(await stateOf(created.id)).toBeUndefined();
    await expect(store.insert(created, AMPLE, changeOf(created, "key.created"))).rejects.toThrow("connection lost");
    expect(await stateOf(created.id)).toBe("active");
  });
});

describe("signals that concern no key that is kept", () => {
  it.each([
    { kind: "lost" },
    { kind: "tenant", tenant: "t" },
    { kind: "owner", tenant: "t", owner: "o" },
    { kind: "key", keyId: "another" },
  ] as const)("$kind leaves it", async (signal) => {
    const { others, hear, asked, stateOf } = open();
    const key = await insertSample(others);
    await stateOf(key.id);
    hear(signal);
    await stateOf(key.id);
    expect(asked).toHaveLength(1);
  });
});

const ENDS: { readonly [state: string]: (key: KeyRecord) => KeyRecord | Tombstone } = {
  revoked,
  compromised: (key) => changed(key, { state: "compromised" }),
  destroyed: tombstoneOf,
};

describe.each(Object.entries(ENDS))("promise 2: a key that is known as %s", (state, end) => {
  /** A cache over a store that goes on finding the key as it was, once `lag` is called. */
  function openLagging() {
    let lagging = false;
    const before = new Map<string, KeyRecord>();
    const world = open((inner) => ({
      find: async (ids) =>
        lagging ? ids.map((id) => ({ ...(before.get(id) ?? sampleKey({ id })), lastUsedAt: null })) : inner.find(ids),
    }));
    const insert = async (): Promise<KeyRecord> => {
      const key = await insertSample(world.others);
      before.set(key.id, key);
      return key;
    };
    return { ...world, insert, lag: () => (lagging = true) };
  }

  it("by a write of this process stays so, whatever reads bring", async () => {
    const { store, insert, lag, hear, clock, stateOf } = openLagging();
    const key = await insert();
    await replaceSample(store, end(key));
    lag();
    expect(await stateOf(key.id)).toBe(state);
    hear({ kind: "hearing" });
    expect(await stateOf(key.id)).toBe(state);
    clock.advance(MAX_STALE_MS);
    expect(await stateOf(key.id)).toBe(state);
  });

  it("by a read stays so", async () => {
    const { others, insert, lag, hear, stateOf } = openLagging();
    const key = await insert();
    await replaceSample(others, end(key));
    expect(await stateOf(key.id)).toBe(state);
    lag();
    hear({ kind: "key", keyId: key.id });
    expect(await stateOf(key.id)).toBe(state);
  });

  it("by a management read or a conflict stays so", async () => {
    for (const meet of [
      ({ store }: { store: Store }, key: KeyRecord) => store.find([key.id], key.tenant),
      ({ store }: { store: Store }, key: KeyRecord) =>
        store.replace(disabled(key), key.version, changeOf(disabled(key), "key.disabled")),
    ]) {
      const world = openLagging();
      const key = await world.insert();
      await replaceSample(world.others, end(key));
      await meet(world, key);
      world.lag();
      expect(await world.stateOf(key.id)).toBe(state);
    }
  });

  it("stays so where nothing of it is kept any more", async () => {
    const { store, others, insert, lag, stateOf } = openLagging();
    const key = await insert();
    await replaceSample(store, end(key));
    for (let other = 0; other < 1_000; other += 1) await stateOf((await insertSample(others)).id);
    lag();
    expect(await stateOf(key.id)).toBe(state);
  });

  it("goes on from there: revoked, then found leaked, then deleted", async () => {
    const { store, others, hear, stateOf } = open();
    const key = await insertSample(others);
    const ended = end(key);
    await replaceSample(store, ended);
    if (ended.state === "destroyed") return expect(await stateOf(key.id)).toBe("destroyed");
    await replaceSample(others, tombstoneOf(ended));
    hear({ kind: "key", keyId: key.id });
    expect(await stateOf(key.id)).toBe("destroyed");
  });
});

it("a swap that was refused, or whose reply was lost, ends nothing", async () => {
  let lose = false;
  const { others, store, stateOf } = open((inner) => ({
    replace: async (...given) => {
      if (lose) throw new Error("connection lost");
      return inner.replace(...given);
    },
  }));
  const key = await insertSample(others);
  const late = changed(revoked(key));
  expect(await store.replace(late, late.version - 1, changeOf(late, "key.revoked"))).toMatchObject({
    outcome: "conflict",
  });
  lose = true;
  await expect(replaceSample(store, revoked(key))).rejects.toThrow("connection lost");
  expect(await stateOf(key.id)).toBe("active");
});
