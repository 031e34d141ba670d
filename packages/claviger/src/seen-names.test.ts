import { describe, expect, it } from "vitest";
import { createSeenNames } from "./seen-names.js";

const WALK = ["a", "b", "c", "d", "e"];

describe("seen names", () => {
  it("admit each name once, and again after it was forgotten", () => {
    const seen = createSeenNames(10, "refuse");
    expect([seen.admit("a"), seen.admit("a"), seen.admit("b")]).toEqual([true, false, true]);
    seen.forget("a");
    expect(seen.admit("a")).toBe(true);
  });

  it("that refuse admit no more than their bound, however often one walks through more names", () => {
    const seen = createSeenNames(3, "refuse");
    expect([...WALK, ...WALK, ...WALK].filter((name) => seen.admit(name))).toEqual(["a", "b", "c"]);
  });

  it("that start over keep no more than their bound, and admit what was forgotten", () => {
    const seen = createSeenNames(3, "startOver");
    expect([...WALK, "e", "a"].filter((name) => seen.admit(name))).toEqual([...WALK, "a"]);
  });
});
