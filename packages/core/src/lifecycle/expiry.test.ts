import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { DAY_MS, NOW } from "../../test/a-key.js";
import { refusalOf } from "../../test/refusal.js";
import { MAX_TIME_MS } from "../bounds.js";
import type { Settings } from "../settings/settings.js";
import { checkTimes, type Expiry, expiryTime, readExpiry } from "./expiry.js";

const UNBOUNDED: Settings = {
  maxKeysPerOwner: 100,
  maxLifetimeMs: null,
  defaultLifetimeMs: null,
  allowedScopes: null,
  requireEnabled: false,
  ownerLimits: [],
  tenantLimits: [],
};
const capped = (maxLifetimeMs: number, defaultLifetimeMs = maxLifetimeMs): Settings => ({
  ...UNBOUNDED,
  maxLifetimeMs,
  defaultLifetimeMs,
});

const lifetimeMs = fc.integer({ min: 1, max: 4_000 * DAY_MS });
const anyExpiry: fc.Arbitrary<Expiry | undefined> = fc.oneof(
  fc.constant(undefined),
  fc.constant<Expiry>({ kind: "never" }),
  lifetimeMs.map((ms): Expiry => ({ kind: "after", ms })),
  lifetimeMs.map((ms): Expiry => ({ kind: "at", at: NOW + ms })),
);

describe("expiryTime", () => {
  it("QL-24 never passes the longest lifetime, whatever is asked for, and by nothing being asked for either", () => {
    fc.assert(
      fc.property(anyExpiry, lifetimeMs, lifetimeMs, (expiry, maxMs, otherMs) => {
        const settings = capped(maxMs, Math.min(maxMs, otherMs));
        try {
          const at = expiryTime(expiry, settings, NOW);
          expect(at).not.toBeNull();
          expect(Number(at) - NOW).toBeLessThanOrEqual(maxMs);
        } catch (error) {
          expect(error).toMatchObject({ code: "policy_violation", limit: maxMs });
        }
      }),
    );
  });

  it("gives exactly the longest lifetime, and refuses a millisecond more", () => {
    fc.assert(
      fc.property(lifetimeMs, (maxMs) => {
        expect(expiryTime({ kind: "after", ms: maxMs }, capped(maxMs), NOW)).toBe(NOW + maxMs);
        expect(expiryTime({ kind: "at", at: NOW + maxMs }, capped(maxMs), NOW)).toBe(NOW + maxMs);
        const over = refusalOf(() => expiryTime({ kind: "after", ms: maxMs + 1 }, capped(maxMs), NOW));
        expect(over).toMatchObject({ code: "policy_violation", field: "expiresIn" });
        expect(over.message).toContain(`at most ${maxMs} ms`);
        const overAt = refusalOf(() => expiryTime({ kind: "at", at: NOW + maxMs + 1 }, capped(maxMs), NOW));
        expect(overAt).toMatchObject({ code: "policy_violation", field: "expiresAt" });
      }),
    );
  });

  it('allows "never" only where maxLifetime is null', () => {
    expect(expiryTime({ kind: "never" }, UNBOUNDED, NOW)).toBeNull();
    expect(refusalOf(() => expiryTime({ kind: "never" }, capped(36_500 * DAY_MS), NOW)).code).toBe("policy_violation");
  });

  it("QL-24 holds a default lifetime to the longest one too, should settings ever disagree with themselves", () => {
    for (const settings of [capped(10, 11), { ...capped(10), defaultLifetimeMs: null }]) {
      expect(refusalOf(() => expiryTime(undefined, settings, NOW)).code).toBe("policy_violation");
    }
  });

  it("falls back on the default lifetime, which may be for ever", () => {
    expect(expiryTime(undefined, capped(100, 7), NOW)).toBe(NOW + 7);
    expect(expiryTime(undefined, UNBOUNDED, NOW)).toBeNull();
  });

  it("refuses an end that no store could keep", () => {
    const beyond = refusalOf(() => expiryTime({ kind: "after", ms: MAX_TIME_MS - NOW + 1 }, UNBOUNDED, NOW));
    expect(beyond).toMatchObject({ code: "invalid_input", field: "expiresIn" });
    expect(beyond.message).toContain("an expiry before the year 2200");
    expect(expiryTime({ kind: "after", ms: MAX_TIME_MS - NOW }, UNBOUNDED, NOW)).toBe(MAX_TIME_MS);
  });
});

describe("readExpiry", () => {
  it("takes one of the two fields, or none", () => {
    expect(readExpiry({})).toBeUndefined();
    expect(readExpiry({ expiresIn: "never" })).toEqual({ kind: "never" });
    expect(readExpiry({ expiresIn: 5 })).toEqual({ kind: "after", ms: 5 });
    expect(readExpiry({ expiresAt: 5 })).toEqual({ kind: "at", at: 5 });
    const both = refusalOf(() => readExpiry({ expiresIn: 5, expiresAt: 5 }));
    expect(both).toMatchObject({ code: "invalid_input", field: "expiresAt" });
    expect(both.message).toBe("give expiresIn or expiresAt, not both");
  });
});

describe("checkTimes", () => {
  const time = fc.option(fc.integer({ min: NOW - 5, max: NOW + 5 }));

  it("passes exactly the keys that can ever be active", () => {
    fc.assert(
      fc.property(time, time, (notBefore, expiresAt) => {
        const begin = Math.max(NOW, notBefore ?? NOW);
        const check = (): void => checkTimes({ notBefore, expiresAt }, NOW);
        if (expiresAt === null || begin < expiresAt) expect(check).not.toThrow();
        else expect(refusalOf(check)).toMatchObject({ code: "invalid_input", field: "expiresAt" });
      }),
    );
  });

  it("says after what the key must end", () => {
    const early = refusalOf(() => checkTimes({ notBefore: null, expiresAt: NOW }, NOW));
    expect(early.message).toBe("expiresAt must be after now; got 2026-06-21T12:00:00.000Z");
    const unbegun = refusalOf(() => checkTimes({ notBefore: NOW + 1, expiresAt: NOW + 1 }, NOW));
    expect(unbegun.message).toBe("expiresAt must be after notBefore; got 2026-06-21T12:00:00.001Z");
  });
});
