export interface StoreCapabilities {
  /**
   * Whose clock a `gcra` charge goes by. `store`: the database's, so that processes whose clocks differ share one
   * bound. `caller`: `nowMs`, and the bound grows by rate × the processes' clock skew.
   */
  readonly meterClock: "store" | "caller";

  /**
   * Whether `list`, and `events` and `chains` of a whole tenant, show what was written before they began (`current`), or what an
   * index has caught up with (`lagging`). Reads by primary key are always current.
   */
  readonly lists: "current" | "lagging";

  /** Whether a charge may be on meters of the owner and of the tenant, too, all or nothing with the key's. */
  readonly sharedMeters: boolean;

  /** Whether changes made by other processes are told (`sent`: `watch` is there), or found out only by reading again. */
  readonly signal: "sent" | "none";
}
