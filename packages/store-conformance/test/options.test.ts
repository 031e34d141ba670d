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
const { watch: __, ...withoutWatch } = memoryStore();
const { settings, ...withoutSettings } = memoryStore();

const NO_STORES: readonly (readonly [string, unknown, string])[] = [
  ["nothing", undefined, "createStore must return a Store or a StoreUnderTest; got undefined"],
  ["a store without find", withoutFind, "the store has no find"],
  ["a subject of such a store", { store: withoutFind }, "the store has no find"],
  ["a store without settings", withoutSettings, "the store has no settings.get, no settings.replace"],
  ["a subject without a store", { store: undefined }, "the store has no find, no insert"],
  [
    "a subject with a member that there is not",
    { store: memoryStore(), openOther: memoryStore },
    'a StoreUnderTest has no member "openOther"; allowed: store, openAnother, process, remove',
  ],
  [
    "a store for openAnother",
    { store: memoryStore(), openAnother: memoryStore() },
    "openAnother must be a function; got an object",
  ],
  [
    "a subject whose process names no module",
    { store: memoryStore(), process: { argument: "" } },
    "process.module must be the URL of the module that opens a store; got undefined",
  ],
  [
    "a subject whose process has no argument",
    { store: memoryStore(), process: { module: new URL(import.meta.url) } },
    "process.argument must be a text, which the module is given; got undefined",
  ],
  ["a subject whose process is a text", { store: memoryStore(), process: "open.js" }, "process must be an object with"],
  [
    "a store whose consume.atOnce is none",
    { ...memoryStore(), consume: Object.assign(async () => [], { atOnce: true }) },
    "consume.atOnce must be a function, or absent; got true",
  ],
  [
    "a store whose settings.get.atOnce is none",
    { ...memoryStore(), settings: { ...settings, get: Object.assign(async () => [], { atOnce: "soon" }) } },
    "settings.get.atOnce must be a function, or absent; got a string of 4 characters",
  ],
  ["a store without capabilities", rest, 'capabilities.meterClock must be "store" or "caller"; got undefined'],
  [
    "a store with a capability of no known value",
    { ...rest, settings, capabilities: { ...capabilities, lists: "sometimes" } },
    'capabilities.lists must be "current" or "lagging"; got "sometimes"',
  ],
  [
    "a store that sends signals, without watch",
    withoutWatch,
    'the store has no watch, and its capabilities.signal is "sent"',
  ],
  [
    "a store with watch that sends no signals",
    { ...memoryStore(), capabilities: { ...capabilities, signal: "none" } },
    'the store has watch, and its capabilities.signal is "none"',
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

  for (const [how, close] of [
    ["rejects", () => Promise.reject(new Error("does not close"))],
    [
      "throws",
      () => {
        throw new Error("does not close");
      },
    ],
  ] as const) {
    it(`what was made for a store is removed also where its close ${how}, and the test fails as that did`, async () => {
      let removals = 0;
      const tests = collectTests(() => ({
        store: { ...memoryStore(), close },
        remove: () => {
          removals += 1;
        },
      }));
      const test = tests.find(({ title }) => title.startsWith("capabilities are declared"));
      await expect(test?.run()).rejects.toThrow("does not close");
      expect(removals).toBe(1);
    });
  }
});
