import type { ChargeRequest, ChargeResult, Consume } from "@claviger/core";

type AtOnce = NonNullable<Consume["atOnce"]>;

/**
 * Another `consume` in the place of a store's: with its own way to charge at once, where the store has one.
 *
 * @param atOnce absent: the store's own, as it is
 */
export function instead(
  of: Consume,
  consume: (requests: readonly ChargeRequest[], nowMs: number) => Promise<readonly ChargeResult[]>,
  atOnce: (inner: AtOnce) => AtOnce = (inner) => inner,
): Consume {
  return of.atOnce === undefined ? consume : Object.assign(consume, { atOnce: atOnce(of.atOnce) });
}
