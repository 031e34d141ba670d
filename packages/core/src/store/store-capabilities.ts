export interface StoreCapabilities {
  /**
   * Whose clock a `gcra` charge goes by. `store`: the database's, so that processes whose clocks differ share one
   * bound. `caller`: `nowMs`, and the bound grows by rate × the processes' clock skew.
   */
  readonly meterClock: "store" | "caller";
}
