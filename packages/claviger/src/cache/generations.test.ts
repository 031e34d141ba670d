import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createGenerations, type Generations } from "./generations.js";

type Act = (generations: Generations<number>, name: string, value: number) => number | undefined;

const ACTS = {
  get: (generations, name) => generations.get(name),
  set: (generations, name, value) => {
    generations.set(name, value);
    return value;
  },
  delete: (generations, name) => {
    generations.delete(name);
    return undefined;
  },
  clear: (generations) => {
    generations.clear();
    return undefined;
  },
} satisfies Record<string, Act>;

const acts = fc.record({
  act: fc.oneof(
    { weight: 8, arbitrary: fc.constant("get" as const) },
    { weight: 10, arbitrary: fc.constant("set" as const) },
    { weight: 2, arbitrary: fc.constant("delete" as const) },
    // Seldom: what was cleared is far from full.
    { weight: 1, arbitrary: fc.constant("clear" as const) },
  ),
  name: fc.nat(15).map(String),
});

/** What was set, or undefined where it is gone: the name used longest ago first. */
type Model = Map<string, number | undefined>;

function inModel(model: Model, act: keyof typeof ACTS, name: string, value: number | undefined): void {
  if (act === "clear") model.clear();
  // In its place: that a name is gone makes none of the others a later one.
  else if (value === undefined) model.has(name) && model.set(name, undefined);
  else {
    model.delete(name);
    model.set(name, value);
  }
}

describe("createGenerations", () => {
  it("never holds more than it may, and always the half that was used last, as it was set last", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 12 }), fc.array(acts, { maxLength: 200, size: "max" }), (maxSize, done) => {
        const generations = createGenerations<number>(maxSize);
        const model: Model = new Map();
        const mustHold = (): string[] => [...model.keys()].slice(-Math.max(1, Math.floor(maxSize / 2)));
        for (const [index, { act, name }] of done.entries()) {
          const must = mustHold().includes(name);
          const value = ACTS[act](generations, name, index);
          if (act === "get" && (must || value !== undefined)) expect(value).toBe(model.get(name));
          inModel(model, act, name, value);
          expect(generations.size).toBeLessThanOrEqual(maxSize);
        }
        for (const name of mustHold()) expect(generations.get(name)).toBe(model.get(name));
      }),
    );
  });

  it("holds one name where one is allowed", () => {
    const generations = createGenerations<number>(1);
    generations.set("a", 1);
    generations.set("b", 2);
    expect([generations.get("a"), generations.get("b"), generations.size]).toEqual([undefined, 2, 1]);
  });
});
