import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { seededRandom } from "../../test/support/seeded-random.js";
import { ClavigerError } from "../errors.js";
import { drawBase62, type RandomSource } from "./random.js";

/** A source as one without types would write it. */
function untyped(source: (bytes: number) => unknown): RandomSource {
  return source as RandomSource;
}

class NoLength extends Uint8Array {
  override get length(): number {
    return Number.NaN;
  }
}

const NO_BYTES = /gave no Uint8Array$/;
const LENGTH = /gave (NaN|[0-9]+) bytes when asked for [0-9]+$/;
const CONSTANT = /gave a constant$/;
const UNUSABLE = /gave too few usable bytes in 8 draws$/;

const broken: readonly (readonly [string, RandomSource, RegExp])[] = [
  ["nothing", untyped(() => undefined), NO_BYTES],
  ["null", untyped(() => null), NO_BYTES],
  ["a promise", untyped(async (bytes) => new Uint8Array(bytes)), NO_BYTES],
  ["an array", untyped((bytes) => Array.from({ length: bytes }, (_, index) => index)), NO_BYTES],
  ["an empty array", untyped(() => []), NO_BYTES],
  ["a text", untyped((bytes) => "x".repeat(bytes)), NO_BYTES],
  ["a number", untyped(() => 4), NO_BYTES],
  ["words rather than bytes", untyped((bytes) => Uint16Array.from({ length: bytes }, (_, index) => index)), NO_BYTES],
  [
    "an object that looks like bytes",
    untyped((bytes) => ({ length: bytes, 0: 1, 1: 2, [Symbol.toStringTag]: "Uint8Array" })),
    NO_BYTES,
  ],
  ["no bytes", () => new Uint8Array(0), LENGTH],
  ["too few bytes", (bytes) => seededRandom(1)(bytes - 1), LENGTH],
  ["too many bytes", (bytes) => seededRandom(1)(bytes + 1), LENGTH],
  ["bytes whose length is NaN", (bytes) => new NoLength(bytes), LENGTH],
  ["zeros", (bytes) => new Uint8Array(bytes), CONSTANT],
  ["a constant", (bytes) => new Uint8Array(bytes).fill(7), CONSTANT],
  [
    "bytes that all come to one character",
    (bytes) => Uint8Array.from({ length: bytes }, (_, index) => 62 * (index % 4)),
    CONSTANT,
  ],
  ["255s, none of which is usable", (bytes) => new Uint8Array(bytes).fill(255), UNUSABLE],
  ["one usable byte among 255s", (bytes) => new Uint8Array(bytes).fill(255).fill(1, 0, 1), UNUSABLE],
];

function failure(random: RandomSource, length: number): unknown {
  try {
    return drawBase62(length, random);
  } catch (error) {
    return error;
  }
}

describe("drawBase62", () => {
  it("gives characters of base62, as many as asked for, from the source alone", () => {
    fc.assert(
      fc.property(fc.integer(), fc.integer({ min: 8, max: 64 }), (seed, length) => {
        const text = drawBase62(length, seededRandom(seed));
        expect(text).toMatch(/^[0-9A-Za-z]+$/);
        expect(text).toHaveLength(length);
        expect(drawBase62(length, seededRandom(seed))).toBe(text);
      }),
    );
  });

  it("takes Buffers, which are bytes too", () => {
    expect(drawBase62(16, (bytes) => Buffer.from(seededRandom(1)(bytes)))).toBe(drawBase62(16, seededRandom(1)));
  });

  it.each([3, 8])("draws again when too many bytes were rejected, as a %sth time", (draws) => {
    let calls = 0;
    const random = seededRandom(1);
    const text = drawBase62(16, (bytes) => {
      calls += 1;
      return calls < draws ? new Uint8Array(bytes).fill(255) : random(bytes);
    });
    expect(calls).toBe(draws);
    expect(text).toBe(drawBase62(16, seededRandom(1)));
  });

  describe.each([16, 32])("%s characters", (length) => {
    it.each(broken)("are not made of %s, and the source is asked no more than 8 times", (_, source, said) => {
      let calls = 0;
      const error = failure((bytes) => {
        calls += 1;
        return source(bytes);
      }, length);
      expect(error).toBeInstanceOf(ClavigerError);
      expect(error).toMatchObject({ code: "random_unusable", message: expect.stringMatching(said) });
      expect(calls).toBeLessThanOrEqual(8);
    });
  });

  it.each([new Error("no entropy"), "a text", undefined])(
    "carries what the source threw as the cause: %s",
    (thrown) => {
      const error = failure(() => {
        throw thrown;
      }, 16);
      expect(error).toMatchObject({ code: "random_unusable", message: "the source of random bytes threw" });
      expect(error).toHaveProperty("cause", thrown);
    },
  );
});
