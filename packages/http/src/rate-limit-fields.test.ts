import type { LimitState } from "claviger";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { rateLimitFields, wholeSeconds } from "./rate-limit-fields.js";

const NOW_MS = 1_800_000_000_000;
// sf-string without escapes and sf-integers of at most 15 digits (RFC 9651 §3.3).
const ITEM = /^"(?:(?:owner|tenant):)?[a-z][a-z0-9_-]*"(;[a-z]+=(0|[1-9][0-9]{0,14}))+$/;

const state: fc.Arbitrary<LimitState> = fc.record(
  {
    name: fc.stringMatching(/^[a-z][a-z0-9_-]{0,31}$/),
    kind: fc.constant("rate" as const),
    limit: fc.integer({ min: 0, max: 1_000_000_000_000 }),
    remaining: fc.integer({ min: 0, max: 1_000_000_000_000 }),
    resetAt: fc.integer({ min: NOW_MS - 100_000, max: NOW_MS + 400_000_000_000 }),
    windowMs: fc.integer({ min: 1, max: 400_000_000_000 }),
    sharedBy: fc.constantFrom("owner" as const, "tenant" as const),
  },
  { requiredKeys: ["name", "kind", "limit", "remaining"] },
);

describe("RateLimit fields", () => {
  it("are lists of strings with integer parameters, never negative or fractional", () => {
    fc.assert(
      fc.property(fc.array(state, { minLength: 1, maxLength: 8 }), (limits) => {
        const fields = rateLimitFields(limits, NOW_MS);
        for (const name of ["RateLimit", "RateLimit-Policy"]) {
          const items = fields[name]?.split(", ") ?? [];
          expect(items.length).toBe(limits.length);
          for (const item of items) expect(item).toMatch(ITEM);
        }
      }),
    );
  });

  it("say so much", () => {
    const burst: LimitState = {
      name: "burst",
      kind: "rate",
      limit: 100,
      remaining: 50,
      resetAt: NOW_MS + 29_001,
      windowMs: 60_000,
    };
    const ever: LimitState = { name: "ever", kind: "credits", limit: 5, remaining: 0 };
    expect(rateLimitFields([burst], NOW_MS)).toEqual({
      "RateLimit-Policy": '"burst";q=100;w=60',
      RateLimit: '"burst";r=50;t=30',
    });
    expect(rateLimitFields([burst, ever], NOW_MS)).toEqual({
      "RateLimit-Policy": '"burst";q=100;w=60, "ever";q=5',
      RateLimit: '"burst";r=50;t=30, "ever";r=0',
    });
    expect(rateLimitFields([], NOW_MS)).toEqual({});
  });

  it("limits of one name, of the key, its owner and its tenant, are told apart", () => {
    const own: LimitState = { name: "burst", kind: "credits", limit: 5, remaining: 0 };
    const limits = [own, { ...own, sharedBy: "owner" }, { ...own, sharedBy: "tenant" }] as const;
    expect(rateLimitFields(limits, NOW_MS)).toEqual({
      "RateLimit-Policy": '"burst";q=5, "owner:burst";q=5, "tenant:burst";q=5',
      RateLimit: '"burst";r=0, "owner:burst";r=0, "tenant:burst";r=0',
    });
  });

  it("seconds are never too short, and less than one too long", () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 400_000_000_000 }), (ms) => {
        expect(wholeSeconds(ms) * 1000).toBeGreaterThanOrEqual(ms);
        expect(wholeSeconds(ms) * 1000).toBeLessThan(ms + 1000);
      }),
    );
    expect(wholeSeconds(-1)).toBe(0);
  });
});
