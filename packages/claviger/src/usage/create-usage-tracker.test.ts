import { ClavigerError, type DenialCode, mergeUsage, type UsageRecord } from "@claviger/core";
import fc from "fast-check";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { aKey } from "../../../core/test/a-key.js";
import { createUsageTracker } from "./create-usage-tracker.js";
import type { UsageTracker } from "./usage-tracker.js";

const HOUR_MS = 3_600_000;
const NOW_MS = Date.UTC(2026, 5, 21, 12);
const INTERVAL_MS = 5_000;
const NOTHING_ASKED = {
  scopes: [],
  ip: undefined,
  resources: undefined,
  cost: 1,
  tenant: undefined,
  client: undefined,
};

type Mood = "writes" | "fails" | "loses replies" | "hangs";

/** What stands for a store: keeps what it was told, unless it is in another mood. */
function moodyStore(): {
  readonly write: (batch: readonly UsageRecord[]) => Promise<void>;
  readonly batches: (readonly UsageRecord[])[];
  mood: Mood;
  /** Lets those go on that hang. */
  release(): void;
} {
  const batches: (readonly UsageRecord[])[] = [];
  const held: (() => void)[] = [];
  const store = {
    mood: "writes" as Mood,
    batches,
    async write(batch: readonly UsageRecord[]) {
      if (store.mood === "hangs") await new Promise<void>((resolve) => held.push(resolve));
      if (store.mood === "fails") throw new ClavigerError("store_unavailable", "the store failed");
      batches.push(batch);
      if (store.mood === "loses replies") throw new ClavigerError("store_unavailable", "the reply was lost");
    },
    release: () => {
      for (const resume of held.splice(0)) resume();
    },
  };
  return store;
}

const totalOf = (records: readonly UsageRecord[]): number =>
  records.flatMap(({ counts }) => counts).reduce((sum, each) => sum + each.count, 0);
const withoutCounts = (records: readonly UsageRecord[]): readonly unknown[] =>
  mergeUsage(records).map(({ counts, ...rest }) => ({
    ...rest,
    counts: counts.map(({ hourAt, outcome }) => [hourAt, outcome]),
  }));

function use(tracker: UsageTracker, id = "Ab3dEfGh1jKlMn0p", at = NOW_MS): void {
  tracker.note(aKey({ id }), "current", NOTHING_ASKED, "accepted", at);
}

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

type Op =
  | { kind: "note"; id: string; outcome: "accepted" | DenialCode; at: number }
  | { kind: "pass"; ms: number }
  | { kind: "flush" }
  | { kind: "mood"; mood: Mood };

const ops: fc.Arbitrary<readonly Op[]> = fc.array(
  fc.oneof(
    {
      weight: 5,
      arbitrary: fc.record({
        kind: fc.constant("note" as const),
        id: fc.constantFrom("a", "b", "c"),
        outcome: fc.constantFrom("accepted" as const, "expired" as const, "rate_limited" as const),
        at: fc.integer({ min: NOW_MS - 2 * HOUR_MS, max: NOW_MS + 2 * HOUR_MS }),
      }),
    },
    {
      weight: 2,
      arbitrary: fc.record({ kind: fc.constant("pass" as const), ms: fc.integer({ min: 0, max: 2 * INTERVAL_MS }) }),
    },
    { weight: 1, arbitrary: fc.constant({ kind: "flush" as const }) },
    {
      weight: 1,
      arbitrary: fc.record({
        kind: fc.constant("mood" as const),
        mood: fc.constantFrom<Mood[]>("writes", "fails", "loses replies", "hangs"),
      }),
    },
  ),
  { maxLength: 40 },
);

function recordOf({ id, outcome, at }: Op & { kind: "note" }): UsageRecord {
  const isUse = outcome === "accepted";
  return {
    tenant: "t_1",
    keyId: id,
    lastUsedAt: isUse ? at : null,
    counts: [{ hourAt: Math.floor(at / HOUR_MS) * HOUR_MS, outcome, count: 1 }],
    sightings: isUse ? [{ kind: "secret", name: "2", firstAt: at, lastAt: at }] : [],
  };
}

/** Plays one story, to its end: the store is well again, and the tracker is closed. */
async function play(story: readonly Op[]): Promise<{ noted: readonly UsageRecord[]; written: readonly UsageRecord[] }> {
  const store = moodyStore();
  const tracker = createUsageTracker({ flushIntervalMs: INTERVAL_MS, evidence: false }, store.write, () => {
    throw new Error("nothing need be dropped");
  });
  const noted: UsageRecord[] = [];
  const flushed: Promise<void>[] = [];

  function enter(mood: Mood): void {
    store.mood = mood;
    if (mood !== "hangs") store.release();
  }

  function flush(): Promise<void> {
    const before = noted.length;
    return tracker.flush().then(
      () => expect(totalOf(store.batches.flat())).toBeGreaterThanOrEqual(before),
      (error) => expect(error).toMatchObject({ code: "store_unavailable" }),
    );
  }

  for (const op of story) {
    switch (op.kind) {
      case "note":
        noted.push(recordOf(op));
        tracker.note(aKey({ id: op.id }), "current", NOTHING_ASKED, op.outcome, op.at);
        break;
      case "pass":
        await vi.advanceTimersByTimeAsync(op.ms);
        break;
      case "flush":
        flushed.push(flush());
        break;
      case "mood":
        enter(op.mood);
        break;
    }
  }
  enter("writes");
  await tracker.close();
  await Promise.all(flushed);
  return { noted, written: store.batches.flat() };
}

describe("createUsageTracker", () => {
  it("whatever fails, and whenever it flushes: close leaves nothing unwritten, and a flush that resolved has written what was noted before it", async () => {
    await fc.assert(
      fc.asyncProperty(ops, async (story) => {
        const { noted, written } = await play(story);
        expect(withoutCounts(written)).toEqual(withoutCounts(noted));
        expect(totalOf(written)).toBeGreaterThanOrEqual(noted.length);
        const losesReplies = story.some((op) => op.kind === "mood" && op.mood === "loses replies");
        if (!losesReplies) expect(mergeUsage(written)).toEqual(mergeUsage(noted));
        expect(vi.getTimerCount()).toBe(0);
      }),
    );
  });

  it("writes when the interval since the first note is over, in one batch, and no timer runs while nothing is kept", async () => {
    const store = moodyStore();
    const tracker = createUsageTracker({ flushIntervalMs: INTERVAL_MS, evidence: false }, store.write, () => undefined);
    expect(vi.getTimerCount()).toBe(0);
    use(tracker, "a");
    await vi.advanceTimersByTimeAsync(INTERVAL_MS - 1);
    use(tracker, "b");
    expect(store.batches).toEqual([]);
    await vi.advanceTimersByTimeAsync(1);
    expect(store.batches.map((batch) => batch.map(({ keyId }) => keyId))).toEqual([["a", "b"]]);
    expect(vi.getTimerCount()).toBe(0);
    await vi.advanceTimersByTimeAsync(10 * INTERVAL_MS);
    expect(store.batches).toHaveLength(1);
  });

  it("while the store fails it tries once an interval, keeps everything, and counts the same note once", async () => {
    const store = moodyStore();
    const tracker = createUsageTracker({ flushIntervalMs: INTERVAL_MS, evidence: false }, store.write, () => undefined);
    store.mood = "fails";
    use(tracker);
    await vi.advanceTimersByTimeAsync(3 * INTERVAL_MS);
    await expect(tracker.flush()).rejects.toMatchObject({ code: "store_unavailable" });
    use(tracker);
    store.mood = "writes";
    await vi.advanceTimersByTimeAsync(INTERVAL_MS);
    expect(totalOf(store.batches.flat())).toBe(2);
    expect(vi.getTimerCount()).toBe(0);
  });

  it("never writes two batches at once, and cuts a large flush into several", async () => {
    let underWay = 0;
    const sizes: number[] = [];
    const tracker = createUsageTracker(
      { flushIntervalMs: INTERVAL_MS, evidence: false },
      async (batch) => {
        underWay += 1;
        expect(underWay).toBe(1);
        await Promise.resolve();
        sizes.push(batch.length);
        underWay -= 1;
      },
      () => undefined,
    );
    for (let index = 0; index < 2_000; index += 1) use(tracker, `key ${index}`);
    await Promise.all([tracker.flush(), tracker.flush(), tracker.flush()]);
    expect(sizes).toEqual([666, 666, 666, 2]);
  });

  it("when much is gathered it writes early, though in no verify's turn", async () => {
    const store = moodyStore();
    const tracker = createUsageTracker({ flushIntervalMs: INTERVAL_MS, evidence: false }, store.write, () => undefined);
    for (let index = 0; index < 5_000; index += 1) use(tracker, `key ${index}`);
    expect(store.batches).toEqual([]);
    await vi.advanceTimersByTimeAsync(0);
    expect(totalOf(store.batches.flat())).toBe(5_000);
  });

  it("keeps 100,000 cells and no more; what finds no room is counted, and told once an interval", async () => {
    const store = moodyStore();
    store.mood = "fails";
    const told: [number, number][] = [];
    const tracker = createUsageTracker({ flushIntervalMs: INTERVAL_MS, evidence: false }, store.write, (...drop) => {
      told.push(drop);
    });
    use(tracker, "key 0");
    await expect(tracker.flush()).rejects.toThrow();
    for (let index = 0; index < 40_000; index += 1) use(tracker, `key ${index}`);
    expect(told).toEqual([]);
    await vi.advanceTimersByTimeAsync(INTERVAL_MS);
    // A key, its count and its secret are three cells; the last key found room for itself alone.
    expect(told).toEqual([[40_000 - 33_333, NOW_MS]]);
    await vi.advanceTimersByTimeAsync(INTERVAL_MS);
    expect(told).toHaveLength(1);
    store.mood = "writes";
    await tracker.flush();
    expect(totalOf(store.batches.flat())).toBe(33_334);
    use(tracker, "key 39999");
    await tracker.close();
    expect(totalOf(store.batches.flat())).toBe(33_335);
  });

  it("tells what finds no room while a batch is not answered, too", async () => {
    const store = moodyStore();
    store.mood = "hangs";
    const told: number[] = [];
    const tracker = createUsageTracker({ flushIntervalMs: INTERVAL_MS, evidence: false }, store.write, (verifies) => {
      told.push(verifies);
    });
    use(tracker);
    await vi.advanceTimersByTimeAsync(INTERVAL_MS);
    for (let index = 0; index < 40_000; index += 1) use(tracker, `key ${index}`);
    await vi.advanceTimersByTimeAsync(INTERVAL_MS);
    expect(told).toEqual([40_000 - 33_332]);
    store.mood = "writes";
    store.release();
    await tracker.flush();
    expect(totalOf(store.batches.flat())).toBe(1 + 33_332);
  });

  it("closed while the store fails it rejects, tells what is lost, and leaves no timer; later notes are ignored", async () => {
    const store = moodyStore();
    const told: number[] = [];
    const tracker = createUsageTracker({ flushIntervalMs: INTERVAL_MS, evidence: false }, store.write, (verifies) => {
      told.push(verifies);
    });
    store.mood = "fails";
    for (const id of ["a", "b", "b"]) use(tracker, id);
    await expect(tracker.close()).rejects.toMatchObject({
      code: "store_unavailable",
      message: "the keyring is closed, and what it knew of 3 verifies could not be written",
      cause: { message: "the store failed" },
    });
    expect(told).toEqual([3]);
    store.mood = "writes";
    use(tracker);
    await tracker.flush();
    expect(store.batches).toEqual([]);
    expect(vi.getTimerCount()).toBe(0);
  });
});

it("a batch that the store always refuses holds up no other", async () => {
  const written = new Set<string>();
  const write = async (batch: readonly UsageRecord[]): Promise<void> => {
    if (batch.some(({ keyId }) => keyId === "poison")) throw new ClavigerError("store_unavailable", "the store failed");
    for (const { keyId } of batch) written.add(keyId);
  };
  const tracker = createUsageTracker({ flushIntervalMs: INTERVAL_MS, evidence: false }, write, () => undefined);
  use(tracker, "poison");
  for (let index = 0; index < 3_000; index += 1) use(tracker, `key ${index}`);
  await expect(tracker.flush()).rejects.toMatchObject({ code: "store_unavailable" });
  expect(written.size).toBeGreaterThan(2_000);
  for (let index = 3_000; index < 6_000; index += 1) use(tracker, `key ${index}`);
  await expect(tracker.flush()).rejects.toMatchObject({ code: "store_unavailable" });
  expect([...written].filter((id) => Number(id.slice(4)) >= 3_000)).toHaveLength(3_000);
});
