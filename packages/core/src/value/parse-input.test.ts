import { describe, expect, it } from "vitest";
import * as z from "zod/mini";
import { refusalOf } from "../../test/refusal.js";
import { ClavigerError } from "../errors.js";
import { fields, parseInput, parseOption } from "./parse-input.js";
import { wholeNumber } from "./whole-number.js";

const schema = fields({
  size: wholeNumber(1, 9),
  inner: z.optional(fields({ list: z.array(wholeNumber(1, 9), "an array") })),
});

describe("parseInput", () => {
  it("gives what the schema makes", () => {
    expect(parseInput("input", schema, { size: 3 })).toEqual({ size: 3 });
  });

  it.each([
    [{}, "size", "size must be a whole number from 1 to 9; got undefined"],
    [{ size: 10 }, "size", "size must be a whole number from 1 to 9; got 10"],
    [{ size: 1, inner: { list: [1, 0] } }, "inner.list[1]", "inner.list[1] must be a whole number from 1 to 9; got 0"],
    [{ size: 1, sise: 2 }, "sise", 'input has no field "sise"; allowed: size, inner'],
    [{ size: 1, inner: { list: [], lists: 1 } }, "inner.lists", 'inner has no field "lists"; allowed: list'],
    [5, "input", "input must be an object with the fields size, inner; got 5"],
    [[], "input", "input must be an object with the fields size, inner; got an array of 0"],
    [{ size: 1, inner: 5 }, "inner", "inner must be an object with the fields list; got 5"],
  ])("%j: names %s", (value, field, message) => {
    expect(refusalOf(() => parseInput("input", schema, value))).toMatchObject({
      code: "invalid_input",
      field,
      message,
    });
  });

  it("never lets a schema's own words or another library's error through", () => {
    for (const value of [null, undefined, Number.NaN, Symbol("s"), 5n, "text"]) {
      expect(refusalOf(() => parseInput("input", schema, value))).toBeInstanceOf(ClavigerError);
    }
  });
});

describe("parseOption", () => {
  it("says the same as a TypeError", () => {
    const act = (): unknown => parseOption("settings.", schema, { size: 0 });
    expect(act).toThrow(new TypeError("settings.size must be a whole number from 1 to 9; got 0"));
    expect(() => parseOption("settings.", schema, { sizes: 0 })).toThrow(TypeError);
  });
});
