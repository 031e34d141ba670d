import { memoryStore } from "@claviger/memory";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type StoreConformanceOptions, storeConformance } from "../src/store-conformance.js";
import { type CollectedTest, collectTests } from "./support/collect-tests.js";

const RIGHT: StoreConformanceOptions = {
  name: "a store",
  createStore: memoryStore,
  runner: { describe, it, beforeEach, afterEach },
};

/** As a program without types would call it. */
const call = (options: unknown): void => Reflect.apply(storeConformance, undefined, [options]);

const WRONG: readonly (readonly [string, unknown, string])[] = [
  ["no options", undefined, "storeConformance must be given its options as an object; got undefined"],
  ["an option that there is not", { ...RIGHT, only: "find" }, 'no option "only"; allowed: name, createStore, runner'],
  ["no name", { ...RIGHT, name: undefined }, "name must be a text, for the titles; got undefined"],
  ["an empty name", { ...RIGHT, name: " " }, "name must be a text, for the titles; got a string of 1 characters"],
  ["a store for createStore", { ...RIGHT, createStore: memoryStore() }, "createStore must be a function that makes a"],
  ["no runner", { ...RIGHT, runner: it }, "runner must be an object with the functions describe, it, beforeEach, aft"],
  ["a runner without hooks", { ...RIGHT, runner: { describe, it } }, "runner.beforeEach must be the test runner's fun"],
];

describe("storeConformance refuses at once", () => {
  for (const [what, options, message] of WRONG) {
    it(`${what}, with a TypeError that names the option, what is allowed and what was given`, () => {
      expect(() => call(options)).toThrow(TypeError);
      expect(() => call(options)).toThrow(message);
    });
  }
});

const { find: _, ...withoutFind } = memoryStore();
const { capabilities, ...rest } = memoryStore();
const { settings, ...withoutSettings } = memoryStore();

const NO_STORES: readonly (readonly [string, unknown, string])[] = [
  ["nothing", undefined, "createStore must return a Store or a StoreUnderTest; got undefined"],
  ["a store without find", withoutFind, "the store has no find"],
  ["a subject of such a store", { store: withoutFind }, "the store has no find"],
  ["a store without settings", withoutSettings, "the store has no settings.get, no settings.replace"],
  ["a subject without a store", { store: undefined }, "the store has no find, no insert"],
  ["a store without capabilities", rest, 'capabilities.meterClock must be "store" or "caller"; got undefined'],
  [
    "a store with a capability of no known value",
    { ...rest, settings, capabilities: { ...capabilities, lists: "sometimes" } },
    'capabilities.lists must be "current" or "lagging"; got "sometimes"',
  ],
];

describe("every test fails, and says why, where createStore returns", () => {
  for (const [what, created, message] of NO_STORES) {
    it(what, async () => {
      const tests: readonly CollectedTest[] = Reflect.apply(collectTests, undefined, [() => created]);
      for (const { run } of tests.slice(0, 5)) await expect(run()).rejects.toThrow(message);
    });
  }
});

describe("what a test made is put away after it", () => {
  it("its stores are closed, the others over their data too, and then what was made for them is removed", async () => {
    const done: string[] = [];
    const open = (name: string) => ({ ...memoryStore(), close: async () => void done.push(`closed ${name}`) });
    const tests = collectTests(() => ({
      store: open("store"),
      openAnother: () => open("another"),
      remove: () => void done.push("removed"),
    }));
    const test = tests.find(({ title }) => title.startsWith("close ends one store over the data"));
    // Its two stores do not share data, so it fails; that must change nothing of this.
    await expect(test?.run()).rejects.toThrow();
    expect(new Set(done.slice(0, -1))).toEqual(new Set(["closed store", "closed another"]));
    expect(done.at(-1)).toBe("removed");
  });
});
