import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type Place, parsePlace, placeText } from "./place.js";
import { boundsOf } from "./range.js";

const time = fc.oneof(fc.integer({ min: 0, max: 5 }), fc.constant(7_258_118_400_000));
const place = fc.record({ at: time, id: fc.constantFrom("", "0", "9", "A", "z", "~") });
const maybe = <T>(values: fc.Arbitrary<T>): fc.Arbitrary<T | undefined> => fc.option(values, { nil: undefined });

describe("boundsOf", () => {
  it("lets in exactly what lies after the position and within the times", () => {
    const range = fc.record({
      order: fc.constantFrom("newest", "oldest"),
      after: maybe(place),
      fromAt: maybe(time),
      beforeAt: maybe(time),
    });
    fc.assert(
      fc.property(range, place, ({ order, after, fromAt, beforeAt }, candidate) => {
        const isBefore = (a: Place, b: Place) => a.at < b.at || (a.at === b.at && a.id < b.id);
        const isAfter =
          after === undefined || (order === "oldest" ? isBefore(after, candidate) : isBefore(candidate, after));
        const isWithin = (fromAt ?? 0) <= candidate.at && candidate.at < (beforeAt ?? Number.POSITIVE_INFINITY);
        const bounds = boundsOf({ order, after, fromAt, beforeAt });
        const text = placeText(candidate);
        const isIn = bounds !== undefined && bounds.low <= text && text <= bounds.high && text !== bounds.skip;
        expect(isIn).toBe(isAfter && isWithin);
      }),
    );
  });
});

describe("placeText", () => {
  it("sorts as places do, and can be read again", () => {
    fc.assert(
      fc.property(place, place, (a, b) => {
        expect(parsePlace(placeText(a))).toEqual(a);
        expect(placeText(a) < placeText(b)).toBe(a.at < b.at || (a.at === b.at && a.id < b.id));
      }),
    );
  });
});
