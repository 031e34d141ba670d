import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { HOSTILE } from "../../test/hostile.js";
import { refusalOf } from "../../test/refusal.js";
import { MAX_METADATA_BYTES, MAX_METADATA_DEPTH } from "../bounds.js";
import { ClavigerError } from "../errors.js";
import { type Metadata, metadata } from "./metadata.js";
import { parseInput } from "./parse-input.js";

const parse = (value: unknown): Metadata => parseInput("metadata", metadata, value);
const nested = (levels: number): unknown => Array.from({ length: levels }).reduce<unknown>((inside) => ({ inside }), 1);

/** undefined where it was refused. */
function accepted(value: unknown): Metadata | undefined {
  try {
    return parse(value);
  } catch (error) {
    if (error instanceof ClavigerError && error.code === "invalid_input") return undefined;
    throw error;
  }
}

const forbidden = ["__proto__", "constructor", "prototype"];
const text = fc.string({ unit: "grapheme", maxLength: 9 }).filter((value) => !value.includes("\0"));
const name = text.filter((value) => !forbidden.includes(value));
const record = <T>(value: fc.Arbitrary<T>): fc.Arbitrary<Record<string, T>> =>
  fc.dictionary(name, value, { noNullPrototype: true });
const number = fc.double({ noNaN: true, noDefaultInfinity: true }).filter((value) => !Object.is(value, -0));
const leaf = fc.oneof(text, fc.boolean(), fc.constant(null), fc.integer(), number);

describe("metadata", () => {
  it("accepts nothing that JSON would give back changed", () => {
    const anything = fc.anything({
      withBigInt: true,
      withDate: true,
      withMap: true,
      withSparseArray: true,
      maxDepth: 3,
    });
    fc.assert(
      fc.property(record(fc.oneof(leaf, anything, fc.constantFrom(-0, "\0", "\ud800"))), (given) => {
        const kept = accepted(given);
        if (kept === undefined) return;
        expect(JSON.parse(JSON.stringify(kept))).toStrictEqual(kept);
        expect(kept).toEqual(given);
      }),
    );
  });

  it("accepts every JSON object within the bounds", () => {
    fc.assert(
      fc.property(record(fc.oneof(leaf, fc.array(leaf), record(leaf))), (given) => {
        fc.pre(Buffer.byteLength(JSON.stringify(given)) <= MAX_METADATA_BYTES);
        fc.pre(
          !Object.values(given)
            .flat()
            .some((value) => Object.is(value, -0)),
        );
        expect(accepted(given)).toStrictEqual(given);
      }),
    );
  });

  it("counts bytes of UTF-8, exactly", () => {
    for (const unit of ["x", "é", "€", "😀", '"', "\n"]) {
      const each = Buffer.byteLength(JSON.stringify(unit)) - 2;
      const room = MAX_METADATA_BYTES - '{"m":""}'.length;
      const fill = (bytes: number): Metadata => ({
        m: unit.repeat(Math.floor(bytes / each)) + "x".repeat(bytes % each),
      });
      expect(parse(fill(room))).toEqual(fill(room));
      expect(accepted(fill(room + 1))).toBeUndefined();
    }
  });

  it("goes eight levels deep", () => {
    expect(accepted(nested(MAX_METADATA_DEPTH))).toBeDefined();
    expect(accepted(nested(MAX_METADATA_DEPTH + 1))).toBeUndefined();
  });

  it.each([
    [{ a: undefined }],
    [{ a: -0 }],
    [{ a: [1, -0] }],
    [{ a: Number.NaN }],
    [{ a: Number.POSITIVE_INFINITY }],
    [{ a: "\0" }],
    [{ "a\0": 1 }],
    [{ a: "\ud800" }],
    [{ "\ud800": 1 }],
    [{ a: () => 1 }],
    [{ a: 1n }],
    [{ a: Symbol("s") }],
    [{ a: new Date(0) }],
    [{ constructor: 1 }],
    [{ a: { prototype: 1 } }],
    [JSON.parse('{"a":{"__proto__":1}}')],
    [{ a: new Array(1) }],
    [[]],
    ["{}"],
    [null],
    [5],
  ])("refuses %o", (value) => {
    expect(refusalOf(() => parse(value)).code).toBe("invalid_input");
  });

  it("refuses what no string could hold, before it is written out", () => {
    const megabyte = "x".repeat(1_000_000);
    expect(refusalOf(() => parse({ list: new Array(600).fill(megabyte) })).code).toBe("invalid_input");
    expect(refusalOf(() => parse({ list: new Array(4_000).fill("xx") })).code).toBe("invalid_input");
  });

  const empty = ["an empty object", "a null prototype"];
  it.each(Object.entries(HOSTILE).filter(([name]) => !empty.includes(name)))("refuses %s", (_, make) => {
    expect(refusalOf(() => parse(make())).code).toBe("invalid_input");
    expect(refusalOf(() => parse({ inside: { b: make, a: make() } })).code).toBe("invalid_input");
  });
});
