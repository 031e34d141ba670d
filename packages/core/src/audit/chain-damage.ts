/** What is wrong with the chain of a key's events, and where. */
export interface ChainDamage {
  readonly keyId: string;
  /**
   * What it is.
   * - `edited`: the body of this event is not the one that its hash was made over.
   * - `erased`: its body is gone, and no later event of the chain says that it was erased.
   * - `broken`: it does not follow from what stands before it: one of the two was exchanged, hashes and all.
   * - `missing`: the events from `version` to `through` are gone.
   * - `duplicate`: more than one event claims to be this version.
   * - `unchained`: a change that has no place in the chain, though it is not from before it: it has no hashes, or no version.
   * - `ahead`: the key is not so far; it has never had this version.
   * - `head`: the key's own head is not that of this, its last event: one of the two was exchanged.
   * - `anchor`: a purge is said to have ended here, and the key has never come to this version.
   * - `unrecorded`: a purge is said to have ended here, and none is recorded that can have.
   * - `rewritten`: the chain does not go through a head that was kept; it was made anew somewhere after `after`, and no
   *   later than here.
   * - `vanished`: there is no such key any more, not even its tombstone. This is the last version known.
   */
  readonly kind:
    | "edited"
    | "erased"
    | "broken"
    | "missing"
    | "duplicate"
    | "unchained"
    | "ahead"
    | "head"
    | "anchor"
    | "unrecorded"
    | "rewritten"
    | "vanished";
  /** The event, or the first of those that are missing. 0: the event names none. */
  readonly version: number;
  /** Of `missing`: the last one. */
  readonly through?: number;
  /** Of `rewritten`: the version of the last kept head that holds; 0 where none does. */
  readonly after?: number;
  /** The event's id, where there is one. */
  readonly eventId?: string;
}

/** Damage to a chain that is being looked at. */
export type Found = Omit<ChainDamage, "keyId">;
