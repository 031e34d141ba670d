import { type ChargeResult, type FoundCharge, type Store, withIfUnchanged } from "@claviger/core";
import { waitingStore } from "./waiting-store.js";

/**
 * A store over memory's that waits and gives copies, as a database does, and charges keys that are as they were found in one
 * call. A key is as it was found where it is at the same version.
 */
export function asFoundStore(inner: Store): Store {
  const waiting = waitingStore(inner);
  const { consume } = waiting;
  const find: Store["find"] = async (...asked) => structuredClone(await waiting.find(...asked));

  async function charge(requests: readonly FoundCharge[], nowMs: number): Promise<readonly (ChargeResult | null)[]> {
    const stored = await find(requests.map(({ keyId }) => keyId));
    const results: (ChargeResult | null)[] = [];
    for (const [index, request] of requests.entries()) {
      const { asFound, keyId } = request;
      const isUnchanged = asFound.id === keyId && stored[index]?.version === asFound.version;
      const [result = null] = isUnchanged ? await consume([request], nowMs) : [];
      results.push(result);
    }
    return results;
  }

  return { ...waiting, find, consume: withIfUnchanged(consume, find, charge) };
}
