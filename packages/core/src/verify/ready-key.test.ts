import { isDeepStrictEqual } from "node:util";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { aKey, NOW } from "../../test/a-key.js";
import { toApiKey } from "../key/to-api-key.js";
import { statusAt } from "../lifecycle/status.js";
import { ReadyKey, statusOf, viewOf } from "./ready-key.js";

const REACH_MS = 20;
/** Near NOW, so that time passes them; some that no store should hold. */
const time = fc.oneof(
  fc.integer({ min: NOW - REACH_MS, max: NOW + REACH_MS }),
  fc.constantFrom<unknown>(Number.NaN, undefined, "never", {}, String(NOW), Number.POSITIVE_INFINITY),
) as fc.Arbitrary<number>;
const nullable = fc.option(time);
const record = fc
  .record({
    state: fc.constantFrom("active" as const, "disabled" as const, "revoked" as const),
    notBefore: nullable,
    expiresAt: nullable,
    endsAt: nullable,
  })
  .map(({ endsAt, ...dated }) => {
    const rotation = endsAt === null ? null : { ...ROTATION, previousEndsAt: endsAt };
    return Object.freeze(aKey({ ...dated, rotation }));
  });
const ROTATION = {
  previous: { alg: "sha256", hex: "b".repeat(64) },
  previousSecretVersion: 1,
  startedAt: NOW - 1,
  previousExpiresAt: null,
} as const;

describe("a ready key", () => {
  it("shows what its record shows, wherever the clock goes", () => {
    const near = fc.integer({ min: NOW - REACH_MS - 1, max: NOW + REACH_MS + 1 });
    const far = fc.constantFrom(Number.NaN, -1e14, -1e13, 0, 1e14, Number.POSITIVE_INFINITY);
    const moments = fc.array(fc.oneof({ weight: 4, arbitrary: near }, far), { minLength: 1 });
    fc.assert(
      fc.property(record, moments, (key, times) => {
        const ready = new ReadyKey(key);
        for (const nowMs of times) {
          expect(statusOf(ready, nowMs)).toBe(statusAt(key, nowMs));
          expect(viewOf(ready, nowMs)).toEqual(toApiKey(key, nowMs));
        }
      }),
    );
  });

  it("shows the same object for as long as nothing changes", () => {
    fc.assert(
      fc.property(record, fc.nat(2 * REACH_MS), (key, laterMs) => {
        const ready = new ReadyKey(key);
        const first = viewOf(ready, NOW - REACH_MS);
        const laterAt = NOW - REACH_MS + laterMs;
        const isSame = isDeepStrictEqual(toApiKey(key, laterAt), toApiKey(key, NOW - REACH_MS));
        expect(viewOf(ready, laterAt) === first).toBe(isSame);
      }),
    );
  });
});
