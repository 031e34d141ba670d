import type { KeyStore } from "./key-store.js";
import type { ChargeResult, ConsumeIfUnchanged, FoundCharge } from "./meter-store.js";
import { ownForm } from "./own-form.js";

/**
 * A store's `consume`, with the form of it that finds out whether a key is as it was: see {@link ownForm}.
 *
 * @param find the store's own, which gave the keys
 */
export function withIfUnchanged<Consume extends object>(
  consume: Consume,
  find: KeyStore["find"],
  charge: (requests: readonly FoundCharge[], nowMs: number) => Promise<readonly (ChargeResult | null)[]>,
): Consume & { readonly ifUnchanged: ConsumeIfUnchanged } {
  return ownForm(consume, "ifUnchanged", Object.assign(charge, { find }));
}
