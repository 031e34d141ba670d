import { memoryStore } from "@claviger/memory";
import { insertSample } from "@claviger/store-conformance/samples";
import { fakeClock } from "@claviger/testing";
import { expect, it } from "vitest";
import { createStopwatch } from "../elapsed.js";
import { createKeptKeys } from "./kept-keys.js";

const TERMS = { maxStaleMs: 1_000, maxEntries: 10 };

it("counts no key from a later moment than its own read began, though keys share moments", async () => {
  const store = memoryStore();
  const ids = [(await insertSample(store)).id, (await insertSample(store)).id];
  const [first, second] = await store.find(ids);
  const [earlier = "", later = ""] = ids;
  const clock = fakeClock();
  const stopwatch = createStopwatch(clock.now);
  const kept = createKeptKeys(TERMS, stopwatch);
  const early = stopwatch.read();
  clock.advance(5);
  kept.keep(later, second, stopwatch.read(), 2);
  // It began before, and lands after.
  kept.keep(earlier, first, early, 1);
  clock.advance(TERMS.maxStaleMs - 6);
  expect(kept.get(earlier, stopwatch.read())).toBeDefined();
  clock.advance(1);
  expect(kept.get(earlier, stopwatch.read())).toBeUndefined();
});

it("recalls the key whose id is in a text, and what is recalled stays longest", async () => {
  const store = memoryStore();
  const stopwatch = createStopwatch(fakeClock().now);
  const kept = createKeptKeys({ ...TERMS, maxEntries: 4 }, stopwatch);
  const now = stopwatch.read();
  const tokenOf = (id: string): string => `acme_${id}_${"0".repeat(38)}`;
  const isRecalled = (id: string): boolean => kept.recall(tokenOf(id))?.record.id === id;
  const keep = async (): Promise<string> => {
    const { id } = await insertSample(store);
    const [record] = await store.find([id]);
    kept.keep(id, record, now, 1);
    return id;
  };
  const first = await keep();
  const second = await keep();
  expect([isRecalled(first), isRecalled(second)]).toEqual([true, true]);
  const third = await keep();
  // The half before it: the first is used, the second is not.
  expect(isRecalled(first)).toBe(true);
  const fourth = await keep();
  expect([second, first, third, fourth].map(isRecalled)).toEqual([false, true, true, true]);
});
