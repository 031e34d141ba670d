import fc from "fast-check";
import type { Limit } from "../../src/limits/limit.js";
import { type Admission, attack, type Move, moves } from "./adversary.js";
import { type LimitedKey, limitedKey } from "./limited-key.js";

const DAY_MS = 86_400_000;

/** Rules for one name, drawn from few periods and amounts, so that they come back; 0 among them, which stops a key. */
const amount = fc.constantFrom(0, 1, 10, 37, 40, 1000);
export const rules: fc.Arbitrary<Limit> = fc.oneof(
  {
    weight: 3,
    arbitrary: fc.record({
      name: fc.constant("all"),
      kind: fc.constant("rate" as const),
      limit: amount,
      per: fc.oneof(fc.constantFrom(1_000, 2_000, 60_000, 61_001, 3_600_000), fc.integer({ min: 1, max: 100_000 })),
      algorithm: fc.constantFrom("gcra" as const, "fixed" as const),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.oneof(
      fc.record({
        name: fc.constant("all"),
        kind: fc.constant("quota" as const),
        limit: amount,
        refill: fc.constantFrom("day" as const, "month" as const),
        timeZone: fc.constantFrom("UTC", "America/New_York"),
      }),
      fc.record({
        name: fc.constant("all"),
        kind: fc.constant("quota" as const),
        limit: amount,
        refill: fc.constantFrom(1_000, 60_000, 3_600_000, DAY_MS),
        timeZone: fc.constant("UTC"),
      }),
    ),
  },
);

/** A rule, what is done while it is in force, and how long it stays so after that. */
export interface Stage {
  readonly limit: Limit;
  readonly plan: readonly Move[];
  readonly waitMs: number;
}

export const fewMoves: fc.Arbitrary<readonly Move[]> = fc.oneof(
  fc.constant([{ waitMs: () => 0, cost: 0 }]),
  moves.map((plan) => plan.slice(0, 6)),
);
const pauseMs = fc.oneof(fc.constant(0), fc.nat(2_000), fc.nat(DAY_MS));
/** Up to six changes, often back to what was in force before; at one instant, or with time passing. */
export const stages: fc.Arbitrary<readonly Stage[]> = fc
  .tuple(
    fc.array(rules, { minLength: 2, maxLength: 4 }),
    fc.array(fc.record({ rule: fc.nat(3), plan: fewMoves, waitMs: pauseMs }), { minLength: 2, maxLength: 7 }),
  )
  .map(([known, played]) =>
    played.flatMap(({ rule, ...rest }) => {
      const limit = known[rule % known.length];
      return limit === undefined ? [] : [{ limit, ...rest }];
    }),
  );

/** What was admitted under one rule, which was in force over that time. */
export interface Phase {
  readonly limit: Limit;
  readonly fromMs: number;
  readonly toMs: number;
  readonly admissions: readonly Admission[];
}

/** Plays the rules one after the other on one key, from `startMs` on. */
export function play(plan: readonly Stage[], startMs: number): readonly Phase[] {
  let nowMs = startMs;
  let key: LimitedKey | undefined;
  return plan.map(({ limit, plan: its, waitMs }) => {
    const fromMs = nowMs;
    key = key === undefined ? limitedKey([limit]) : key.changeTo([limit], nowMs);
    const admissions = attack(key, its, nowMs, limit.kind === "rate" ? limit.per : DAY_MS);
    nowMs = (admissions.at(-1)?.atMs ?? nowMs) + waitMs;
    return { limit, fromMs, toMs: nowMs, admissions };
  });
}
