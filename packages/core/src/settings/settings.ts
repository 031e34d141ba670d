import type { Limit, LimitInput } from "../limits/limit.js";
import type { Duration } from "../value/duration.js";

/** A tenant's policy, as a caller gives it. What is left out has the default. Changes are not retroactive. */
export interface SettingsInput {
  /** Live keys an owner may hold, 0 to 10,000; 100 unless given. */
  readonly maxKeysPerOwner?: number;
  /** Longest time from an act to the expiry that it sets; null: keys may live for ever. 365 d unless given. */
  readonly maxLifetime?: Duration | null;
  /** Lifetime of a key that is created without an expiry; null: for ever. 90 d unless given, or `maxLifetime` if that is shorter. */
  readonly defaultLifetime?: Duration | null;
  /** The grants that keys may hold or narrow. Absent: any; empty: none. */
  readonly allowedScopes?: readonly string[];
  /** `true`: a tenant's keys are off until they are switched on. On unless given. */
  readonly requireEnabled?: boolean;
  /** Limits that all keys of one owner share, up to 8; none unless given. */
  readonly ownerLimits?: readonly LimitInput[];
  /** Limits that all keys of the tenant share, up to 8; none unless given. */
  readonly tenantLimits?: readonly LimitInput[];
}

/** A tenant's policy with every default filled in. Durations are milliseconds; null is unbounded. */
export interface Settings {
  readonly maxKeysPerOwner: number;
  readonly maxLifetimeMs: number | null;
  readonly defaultLifetimeMs: number | null;
  readonly allowedScopes: readonly string[] | null;
  readonly requireEnabled: boolean;
  readonly ownerLimits: readonly Limit[];
  readonly tenantLimits: readonly Limit[];
}
