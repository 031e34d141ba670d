import { memoryStore } from "@claviger/memory";
import { changed, findOne, insertSample, replaceSample } from "@claviger/store-conformance/samples";
import { fakeClock } from "@claviger/testing";
import fc from "fast-check";
import { expect, it } from "vitest";
import { cachedStore } from "../../src/cache/cached-store.js";
import { createStopwatch } from "../../src/elapsed.js";
import { slowReads } from "./support/slow-reads.js";

const MAX_STALE_MS = 1_000;

/** A turn of the event loop, in which everything happens that waits for nobody. */
const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

/** What can happen to a cache and to the one key that everybody asks for. */
async function open() {
  const inner = memoryStore();
  const slow = slowReads(inner);
  const clock = fakeClock();
  const { store } = cachedStore(slow.store, { maxStaleMs: MAX_STALE_MS, maxEntries: 2 }, createStopwatch(clock.now));
  let key = await insertSample(inner);
  // Time as it passes, whatever the clock shows.
  let passedMs = 0;
  /** When each version was written over. */
  const endedAt = new Map<number, number>();
  const asked: Promise<unknown>[] = [];
  const failures: unknown[] = [];
  const waiting: (() => void)[] = [];

  async function findAndCheck(): Promise<void> {
    const oldestMs = passedMs - MAX_STALE_MS;
    const found = await findOne(store, key.id);
    expect(endedAt.get(found?.version ?? 0) ?? Number.POSITIVE_INFINITY).toBeGreaterThan(oldestMs);
  }

  function ask(answer: Promise<unknown>): void {
    asked.push(answer.catch((error: unknown) => failures.push(error)));
  }

  return {
    async write(): Promise<void> {
      endedAt.set(key.version, passedMs);
      key = changed(key);
      await replaceSample(inner, key);
    },
    find: () => ask(findAndCheck()),
    slowNext: () => void waiting.push(slow.slowNext()),
    letGo: () => waiting.shift()?.(),
    pass(ms: number): void {
      clock.advance(ms);
      passedMs += ms;
    },
    stepBack(ms: number): void {
      // Asked before and after, so that the process looks at its clock: a step that it cannot see is time that passes slowly.
      ask(store.find([`before ${passedMs}`]));
      clock.advance(-ms);
      ask(store.find([`after ${passedMs}`]));
    },
    async end(): Promise<void> {
      for (const letGo of waiting) letGo();
      await Promise.all(asked);
      expect(failures).toEqual([]);
    },
  } satisfies Record<string, (ms: number) => unknown>;
}

type Act = Exclude<keyof Awaited<ReturnType<typeof open>>, "end">;

const anySteps = fc.array(
  fc.record({
    act: fc.constantFrom<Act[]>("find", "find", "find", "pass", "pass", "write", "slowNext", "letGo", "stepBack"),
    ms: fc.oneof(fc.constantFrom(1, MAX_STALE_MS / 4, MAX_STALE_MS), fc.integer({ min: 1, max: 2 * MAX_STALE_MS })),
  }),
  { maxLength: 40, size: "max" },
);

it("promise 1: no answer from memory is older than maxStaleMs, though the clock steps back and replies are late", () =>
  fc.assert(
    fc.asyncProperty(anySteps, async (steps) => {
      const course = await open();
      for (const { act, ms } of steps) {
        await course[act](ms);
        await turn();
      }
      await course.end();
    }),
  ));
