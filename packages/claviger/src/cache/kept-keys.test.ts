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
