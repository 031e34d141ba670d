import fc from "fast-check";

/** What happens to one call of a store. */
export type Fault =
  | { readonly kind: "none" }
  /** The call is made so many turns of the event loop later, so that later ones overtake it. */
  | { readonly kind: "delay"; readonly turns: number }
  /** A call over several keys is made as one call for each of them, one after the other. */
  | { readonly kind: "split" }
  /**
   * The call arrives a second time, so many turns after its reply. Not `consume` and `recordUsage`, which count again,
   * nor what was refused, which might be let through this time.
   */
  | { readonly kind: "echo"; readonly turns: number }
  /** The call is made twice and answered by the second, as a driver does that repeats what it got no reply to. */
  | { readonly kind: "repeat" }
  /** The call is never made. */
  | { readonly kind: "loseRequest" }
  /** The call is made, and nobody learns what came of it. */
  | { readonly kind: "loseReply" }
  /** This call and the next ones, so many in all, are turned away, and may be tried again. */
  | { readonly kind: "throttle"; readonly calls: number }
  /** The process dies: this call and all that follow on the same handle are never made. */
  | { readonly kind: "die" };

/** Faults for the calls of a store, in the order in which they come; when they are used up, there are none. */
export type FaultPlan = Iterable<Fault>;

const turns = fc.integer({ min: 1, max: 5 });

const MILD: readonly fc.Arbitrary<Fault>[] = [
  fc.constant({ kind: "none" }),
  fc.record({ kind: fc.constant("delay"), turns }),
  fc.constant({ kind: "split" }),
  fc.record({ kind: fc.constant("echo"), turns }),
];

/** Plans of every fault, for a property: as data, so that a failing one is printed, and shrunk. */
export const faultPlans: fc.Arbitrary<readonly Fault[]> = fc.array(
  fc.oneof(
    ...MILD,
    fc.constant<Fault>({ kind: "repeat" }),
    fc.constant<Fault>({ kind: "loseRequest" }),
    fc.constant<Fault>({ kind: "loseReply" }),
    fc.record({ kind: fc.constant("throttle"), calls: fc.integer({ min: 1, max: 4 }) }),
    fc.constant<Fault>({ kind: "die" }),
  ),
  { maxLength: 12 },
);

const CYCLE = 97;

/**
 * Faults without end that no caller may notice: calls delayed, split, and arriving twice. A store proved under them is
 * proved all the same: `storeConformance({ createStore: () => withFaults(myStore(), mildFaults()), … })`.
 */
export function* mildFaults(seed: number = 1): Generator<Fault, never> {
  const cycle = fc.sample(fc.oneof(...MILD), { seed, numRuns: CYCLE });
  for (;;) yield* cycle;
}
