import fc from "fast-check";
import type { CreditsLimit, Limit, QuotaLimit, RateLimit } from "../../src/limits/limit.js";

const DAY_MS = 86_400_000;

/** Zones whose clocks do something unusual, beside two that do nothing. */
export const TIME_ZONES = [
  "UTC",
  "Asia/Kolkata",
  "Europe/Berlin",
  "America/New_York",
  "America/Sao_Paulo",
  "Pacific/Apia",
  "Africa/Casablanca",
  "Australia/Lord_Howe",
] as const;

const name: fc.Arbitrary<string> = fc.stringMatching(/^[a-z][a-z0-9_-]{0,31}$/);

/** Small enough to be emptied one by one. */
const amount = fc.oneof(fc.integer({ min: 1, max: 3 }), fc.integer({ min: 1, max: 40 }));

export const rate = (algorithm: RateLimit["algorithm"]): fc.Arbitrary<RateLimit> =>
  fc.record({
    name,
    kind: fc.constant("rate"),
    limit: amount,
    per: fc.oneof(fc.integer({ min: 1, max: 50 }), fc.integer({ min: 1, max: 100_000 }), fc.constantFrom(1000, 60_000)),
    algorithm: fc.constant(algorithm),
  });

export const calendarQuota: fc.Arbitrary<QuotaLimit> = fc.record({
  name,
  kind: fc.constant("quota"),
  limit: amount,
  refill: fc.constantFrom("day", "month"),
  timeZone: fc.constantFrom(...TIME_ZONES),
});

export const periodQuota: fc.Arbitrary<QuotaLimit> = fc.record({
  name,
  kind: fc.constant("quota"),
  limit: amount,
  refill: fc.integer({ min: 1, max: 40 * DAY_MS }),
  timeZone: fc.constant("UTC"),
});

export const credits: fc.Arbitrary<CreditsLimit> = fc.record({
  name,
  kind: fc.constant("credits"),
  limit: amount,
});

export const anyLimit: fc.Arbitrary<Limit> = fc.oneof(rate("gcra"), rate("fixed"), calendarQuota, periodQuota, credits);

export const severalLimits: fc.Arbitrary<readonly Limit[]> = fc.uniqueArray(anyLimit, {
  minLength: 1,
  maxLength: 8,
  selector: (limit) => limit.name,
});

/** Between 1990 and 2100, often around a change of clocks or a skipped day. */
export const timeMs: fc.Arbitrary<number> = fc.oneof(
  fc.integer({ min: Date.UTC(1990, 0), max: Date.UTC(2100, 0) }),
  fc
    .tuple(
      fc.constantFrom(
        Date.UTC(2011, 11, 30, 10),
        Date.UTC(2018, 10, 4, 3),
        Date.UTC(2018, 1, 18, 2),
        Date.UTC(2026, 2, 29, 1),
        Date.UTC(2026, 9, 25, 1),
        Date.UTC(2026, 2, 8, 7),
      ),
      fc.integer({ min: -2 * DAY_MS, max: 2 * DAY_MS }),
    )
    .map(([changeMs, awayMs]) => changeMs + awayMs),
);
