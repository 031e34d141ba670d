import fc from "fast-check";
import type { LimitedKey } from "./limited-key.js";

/** What somebody who wants more than his share does: waits until a telling moment, then asks for much or for all. */
export interface Move {
  /** How long he waits, given what a period is: around a border of windows, around a period, or just so. */
  readonly waitMs: (nowMs: number, periodMs: number) => number;
  /** A single request of this cost; 0: everything there is. */
  readonly cost: number;
}

const wait: fc.Arbitrary<Move["waitMs"]> = fc.oneof(
  fc.integer({ min: 0, max: 2 }).map((ms) => () => ms),
  fc
    .integer({ min: -1, max: 1 })
    .map((offMs) => (nowMs: number, periodMs: number) => Math.max(0, periodMs - (nowMs % periodMs) + offMs)),
  fc.integer({ min: -1, max: 1 }).map((offMs) => (_: number, periodMs: number) => Math.max(0, periodMs + offMs)),
  fc
    .double({ min: 0, max: 3, noNaN: true })
    .map((share) => (_: number, periodMs: number) => Math.floor(share * periodMs)),
  fc
    .double({ min: 0, max: 0.2, noNaN: true })
    .map((share) => (_: number, periodMs: number) => Math.floor(share * periodMs)),
);

export const moves: fc.Arbitrary<readonly Move[]> = fc.array(
  fc.record({ waitMs: wait, cost: fc.oneof(fc.constant(0), fc.integer({ min: 1, max: 12 })) }),
  { minLength: 1, maxLength: 60 },
);

export interface Admission {
  readonly atMs: number;
  readonly units: number;
}

/** Plays the moves from `startMs` on; what was admitted, in order of time. */
export function attack(
  key: LimitedKey,
  moves: readonly Move[],
  startMs: number,
  periodMs: number,
): readonly Admission[] {
  let nowMs = startMs;
  return moves.map(({ waitMs, cost }) => {
    nowMs += waitMs(nowMs, periodMs);
    return { atMs: nowMs, units: strike(key, nowMs, cost) };
  });
}

/** Units admitted: everything there is, or one request. */
export function strike(key: LimitedKey, nowMs: number, cost: number): number {
  if (cost === 0) return key.burst(nowMs);
  return key.spend(nowMs, cost).refusal === undefined ? cost : 0;
}

/** The most units in any half-open span of `spanMs`. Such a span begins at an admission, or one no worse does. */
export function mostWithin(admissions: readonly Admission[], spanMs: number): number {
  const inSpan = ({ atMs: fromMs }: Admission): number =>
    admissions.reduce((sum, { atMs, units }) => (atMs >= fromMs && atMs < fromMs + spanMs ? sum + units : sum), 0);
  return Math.max(0, ...admissions.map(inSpan));
}
