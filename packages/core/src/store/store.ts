import type { EventLog } from "./event-log.js";
import type { KeyStore } from "./key-store.js";
import type { MeterStore } from "./meter-store.js";
import type { OwnerStore } from "./owner-store.js";
import type { SettingsStore } from "./settings-store.js";
import type { SignalSource } from "./signal.js";
import type { StoreCapabilities } from "./store-capabilities.js";
import type { UsageStore } from "./usage-store.js";

/**
 * The port to a database. A store guards writes and arithmetic; it decides nothing, knows no limits, scopes or
 * lifecycle, and reads no clock but its own database's.
 *
 * Expected refusals are results; faults (a lost connection, a time-out) are thrown, with the driver's error as
 * `cause` or as the error itself: the keyring turns every one into `store_unavailable`. What comes out is a copy of,
 * or as immutable as, what went in. No method treats a null or absent tenant as a wildcard except where it says so.
 *
 * One part a file.
 */
export interface Store extends KeyStore, MeterStore, UsageStore, EventLog, SignalSource {
  /** Tenants' settings. */
  readonly settings: SettingsStore;

  /** Which owners are suspended. */
  readonly owners: OwnerStore;

  /** What this store can do beyond what every store must; fixed for its lifetime, and tested where absent. */
  readonly capabilities: StoreCapabilities;

  /**
   * Ends what the store itself opened (timers, a listener); never the client that the caller handed in. Idempotent. Who
   * still watches is told `lost` first: several keyrings may have been given one store.
   */
  close(): Promise<void>;
}
