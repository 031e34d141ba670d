import { describe, expect, it } from "vitest";
import { createMemory } from "./memory.js";

const WALK = ["a", "b", "c", "d", "e"];

describe("a memory", () => {
  it("admits each name once, and again after it was forgotten", () => {
    const memory = createMemory(10, "refuse");
    expect([memory.admit("a"), memory.admit("a"), memory.admit("b")]).toEqual([true, false, true]);
    memory.forget("a");
    expect(memory.admit("a")).toBe(true);
  });

  it("that refuses admits no more than its bound, however often one walks through more names", () => {
    const memory = createMemory(3, "refuse");
    expect([...WALK, ...WALK, ...WALK].filter((name) => memory.admit(name))).toEqual(["a", "b", "c"]);
  });

  it("that starts over keeps no more than its bound, and admits what it has forgotten", () => {
    const memory = createMemory(3, "startOver");
    expect([...WALK, "e", "a"].filter((name) => memory.admit(name))).toEqual([...WALK, "a"]);
  });
});
