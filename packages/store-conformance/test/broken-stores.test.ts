import { memoryStore } from "@claviger/memory";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { BROKEN_STORES } from "./broken/broken-stores.js";
import { collectTests } from "./support/collect-tests.js";

const TITLES = collectTests(memoryStore).map(({ title }) => title);

// Patience with what may come late is short here: by the fourth look at it the clock says that half a minute is over.
const STEP_MS = 10_000;

describe("the kit notices a store that", () => {
  beforeEach(() => {
    let nowMs = 0;
    vi.spyOn(performance, "now").mockImplementation(() => {
      nowMs += STEP_MS;
      return nowMs;
    });
  });
  afterEach(() => vi.restoreAllMocks());

  for (const { fault, create, caughtBy } of BROKEN_STORES) {
    it(fault, async () => {
      const passed: string[] = [];
      for (const title of caughtBy) {
        const test = collectTests(create).find((collected) => collected.title === title);
        if (test === undefined) throw new Error(`the kit has no test "${title}"`);
        if (await passes(test.run)) passed.push(title);
      }
      expect(passed).toEqual([]);
      expect(caughtBy).not.toEqual([]);
    });
  }
});

describe("the kit", () => {
  it("has no two tests of one title", () => {
    expect(new Set(TITLES).size).toBe(TITLES.length);
  });

  it("has no broken store of which the fault is another's", () => {
    const faults = BROKEN_STORES.map(({ fault }) => fault);
    expect(new Set(faults).size).toBe(faults.length);
  });
});

async function passes(run: () => Promise<void>): Promise<boolean> {
  return run().then(
    () => true,
    () => false,
  );
}
