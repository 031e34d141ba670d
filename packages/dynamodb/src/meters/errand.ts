import type { ItemKey } from "../client/item.js";
import { isAddressable, metersAddress } from "../table/addresses.js";
import { nothingSpent, type Outcome, type Work } from "./work.js";

/** What one call wants of the meters of one key. */
export interface Errand {
  readonly address: ItemKey;
  readonly work: Work[];
  /** Where in the call each piece of the work stands. */
  readonly places: number[];
}

export interface Sorted {
  /** One a key. */
  readonly errands: readonly Errand[];
  /** By its place: what becomes of work that no meters are asked for; that of errands is not done yet. */
  readonly outcomes: Outcome[];
}

const NOT_DONE: Outcome = Object.freeze({ fault: new Error("DynamoDB: not done yet") });
const NO_SHARED_METERS: Outcome = Object.freeze({
  fault: new Error("DynamoDB: this store has no shared meters, neither of an owner nor of a tenant"),
});

/** Sorts the work of a call by keys. */
export function sortByKey(work: readonly Work[]): Sorted {
  const errands = new Map<string, Errand>();
  const outcomes = work.map((each, place): Outcome => {
    const { tenant, keyId, shared } = each;
    if (shared !== undefined) return NO_SHARED_METERS;
    if (!isAddressable(tenant) || !isAddressable(keyId)) return nothingSpent(each);
    const address = metersAddress(tenant, keyId);
    const errand = errands.get(address.pk) ?? { address, work: [], places: [] };
    errands.set(address.pk, errand);
    errand.work.push(each);
    errand.places.push(place);
    return NOT_DONE;
  });
  return { errands: [...errands.values()], outcomes };
}
