import type { OwnerEvent } from "../event/tenant-event.js";

/** An owner's name means something within its tenant only. */
export interface OwnerRef {
  readonly tenant: string;
  readonly owner: string;
}

export interface OwnerStanding {
  /** Epoch ms of the suspension; null: the owner is not suspended, or nobody has heard of him. */
  readonly suspendedAt: number | null;
}

/** `unchanged`: it was so already. Nothing was written, no event either. */
export interface OwnerResult {
  readonly outcome: "changed" | "unchanged";
}

export interface ReadOwners {
  /** Reads by primary key, strongly consistent. @returns one entry an owner, in the order asked */
  (owners: readonly OwnerRef[]): Promise<readonly OwnerStanding[]>;

  /** The same for one owner, by a store that waits for nothing: as `consume.atOnce`. */
  readonly atOnce?: (owner: OwnerRef) => OwnerStanding;
}

export interface OwnerStore {
  readonly read: ReadOwners;

  /**
   * Suspends the owner that the event names, at the event's time, with the event: both or neither. He need hold no key.
   * Repeated with the same `event.id` it is `changed` again, at least until someone else has changed it.
   */
  suspend(event: OwnerEvent<"owner.suspended">): Promise<OwnerResult>;

  /** Ends the suspension of the owner that the event names, with the event: both or neither. As {@link suspend}. */
  resume(event: OwnerEvent<"owner.resumed">): Promise<OwnerResult>;
}
