import { readFileSync } from "node:fs";
import type { Store } from "@claviger/core";
import { storeConformance } from "@claviger/store-conformance";
import { describe, expect, it } from "vitest";
import { openSqliteStore } from "./open-sqlite-store.js";

const GUIDE = new URL("../../docs/guides/write-a-store.md", import.meta.url);

interface Step {
  readonly number: number;
  /** In code in the heading: what the step writes. */
  readonly methods: readonly string[];
  /** In quotation marks: tests of the kit, which pass from this step on unless it says `(from step 6)` after them. */
  readonly tests: readonly { readonly title: string; readonly from: number }[];
}

let metUnwritten = false;

/** In the place of a method that a later step writes. */
async function notYet(): Promise<never> {
  metUnwritten = true;
  throw new Error("not written yet");
}

const UNWRITTEN = {
  find: notYet,
  insert: notYet,
  replace: notYet,
  list: notYet,
  consume: notYet,
  refund: notYet,
  append: notYet,
  events: notYet,
  feed: notYet,
  eraseEvents: notYet,
  purgeEvents: notYet,
  chains: notYet,
  recordUsage: notYet,
  usage: notYet,
  settings: { get: notYet, replace: notYet },
  owners: { read: notYet, suspend: notYet, resume: notYet },
} satisfies Omit<Store, "capabilities" | "close">;

interface KitTest {
  readonly title: string;
  run(): Promise<void>;
}

/** A test of the kit, of a store of which no more is written than these methods. */
function kitTest(title: string, written: ReadonlySet<string>): KitTest {
  const tests: KitTest[] = [];
  const after: (() => void | Promise<void>)[] = [];
  const partOf = (store: Store): Store => {
    const missing = Object.entries(UNWRITTEN).filter(([name]) => !written.has(name));
    return { ...store, ...Object.fromEntries(missing) };
  };
  storeConformance({
    name: "the store of the guide",
    createStore() {
      const { store, openAnother, ...rest } = openSqliteStore();
      return { ...rest, store: partOf(store), openAnother: async () => partOf((await openAnother?.()) ?? store) };
    },
    runner: {
      describe: (_title, body) => body(),
      it: (name, body) => tests.push({ title: name, run: () => body().finally(() => runAll(after)) }),
      beforeEach: () => undefined,
      afterEach: (body) => after.push(body),
    },
  });
  const [found, ...others] = tests.filter((test) => test.title === title);
  if (found === undefined || others.length > 0) throw new Error(`the kit has no one test of that title`);
  return found;
}

async function runAll(bodies: readonly (() => void | Promise<void>)[]): Promise<void> {
  for (const body of bodies) await body();
}

function stepsOf(guide: string): readonly Step[] {
  return guide
    .split(/^## (?=\d)/m)
    .slice(1)
    .map((section) => {
      const [heading = ""] = section.split("\n", 1);
      const number = Number.parseInt(heading, 10);
      const quoted = section.replaceAll(/\s+/g, " ").matchAll(/“([^”]+)”(?: \(from step (\d+)\))?/g);
      return {
        number,
        methods: [...heading.matchAll(/`(\w+)`/g)].map(([, method = ""]) => method),
        tests: [...quoted].map(([, title = "", from = number]) => ({ title, from: Number(from) })),
      };
    });
}

describe("the guide to writing a store", () => {
  const steps = stepsOf(readFileSync(GUIDE, "utf8"));
  const writtenAt = (step: number): ReadonlySet<string> =>
    new Set(steps.filter(({ number }) => number <= step).flatMap(({ methods }) => methods));

  for (const { title, from } of steps.flatMap(({ tests }) => tests)) {
    it(`is right that this passes from step ${from} on, and not before: ${title}`, async () => {
      await kitTest(title, writtenAt(from)).run();
      if (from === 1) return;
      metUnwritten = false;
      await expect(kitTest(title, writtenAt(from - 1)).run()).rejects.toThrow();
      expect(metUnwritten).toBe(true);
    });
  }

  it("comes to every method of the port", () => {
    const written = [...writtenAt(steps.length)].filter((method) => method in UNWRITTEN);
    expect(written.sort()).toEqual(Object.keys(UNWRITTEN).sort());
  });
});
