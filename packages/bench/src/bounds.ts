import type { Measure } from "./measure/measure.js";

/** What is compared: the time an answer takes, the answers a second, or the time within which 99 of 100 come. */
export type Quantity = "time" | "throughput" | "p99";

/** A promise about a contestant's figure beside another's of the same round. */
export interface Bound {
  readonly scenario: string;
  readonly contestant: string;
  readonly against: string;
  readonly quantity: Quantity;
  readonly ratio: { readonly atMost: number } | { readonly atLeast: number };
}

/** A bound this near to 1 is judged by more rounds: by fewer, a shared machine's noise would decide. */
const NEAR = 1.35;

/** So many keys are held in memory, by turns. */
export const MEMORY_KEYS: readonly number[] = [1_000, 100_000, 1_000_000];

/** Every ratio that `bench:check` holds. */
export const BOUNDS: readonly Bound[] = [
  ...MEMORY_KEYS.flatMap((keys) => [
    atMost(`memory-${keys}`, "claviger", "floor", "time", 1.3),
    atMost(`memory-${keys}-limited`, "claviger, a rate limit", "floor", "time", 1.6),
  ]),
  atMost("malformed", "claviger", "floor", "time", 1.5),
  atLeast("postgres-cold-1", "claviger", "bare SELECT", 0.85),
  atLeast("postgres-cold-16", "claviger", "bare SELECT", 2),
  atLeast("postgres-cold-64", "claviger", "bare SELECT", 4),
  atMost("postgres-cold-64", "claviger", "bare SELECT", "p99", 1),
  atLeast("postgres-limited-1", "claviger", "bare SELECT, then bare UPDATE", 0.8),
  atLeast("postgres-limited-64", "claviger", "bare UPDATE", 3),
  atLeast("postgres-hot-64", "claviger", "bare UPDATE", 20),
  atLeast("postgres-usage", "claviger, usage counted", "claviger, without usage", 0.95),
  atLeast("dynamodb-64", "claviger", "one GetItem", 4),
  atLeast("middleware-express", "claviger", "floor", 0.9),
  atLeast("middleware-hono", "claviger", "floor", 0.9),
  atLeast("middleware-koa", "claviger", "floor", 0.9),
];

export function boundsOf(scenario: string): readonly Bound[] {
  return BOUNDS.filter((bound) => bound.scenario === scenario);
}

export function isNearOne({ ratio }: Bound): boolean {
  const bound = "atMost" in ratio ? ratio.atMost : ratio.atLeast;
  return bound < NEAR && bound > 1 / NEAR;
}

/** @throws Error where the scenario does not measure that */
export function quantityOf(measure: Measure, quantity: Quantity): number {
  switch (quantity) {
    case "time":
      return 1 / measure.perSecond;
    case "throughput":
      return measure.perSecond;
    case "p99":
      if (measure.p99Ms === undefined) throw new Error("calls that do not run side by side have no p99");
      return measure.p99Ms;
    default: {
      const unreachable: never = quantity;
      return unreachable;
    }
  }
}

function atMost(scenario: string, contestant: string, against: string, quantity: Quantity, ratio: number): Bound {
  return { scenario, contestant, against, quantity, ratio: { atMost: ratio } };
}

function atLeast(scenario: string, contestant: string, against: string, ratio: number): Bound {
  return { scenario, contestant, against, quantity: "throughput", ratio: { atLeast: ratio } };
}
