import type { Limit, LimitInput } from "@claviger/core";
import type { ActOptions } from "../keyring.js";

/** What a tenant has chosen; what it has not, is as the keyring's `settings` say. */
export interface OwnTenantSettings {
  /** Whether the tenant's keys authenticate at all. */
  readonly enabled: boolean;
  /** Of all keys of one owner together. */
  readonly ownerLimits: readonly Limit[];
  /** Of all keys of the tenant together. */
  readonly tenantLimits: readonly Limit[];
  /** One more with every change; 0: the tenant has no settings of its own. */
  readonly version: number;
  /** Epoch ms; null: it has none of its own. */
  readonly updatedAt: number | null;
}

export interface SettingsPatch {
  /** `false` turns all of the tenant's keys off, `true` on again. */
  readonly enabled?: boolean;
  /** Up to 8 that all keys of one owner share, each owner's by themselves; null: as the keyring's `settings` say. */
  readonly ownerLimits?: readonly LimitInput[] | null;
  /** Up to 8 that all keys of the tenant share; null: as the keyring's `settings` say. */
  readonly tenantLimits?: readonly LimitInput[] | null;
}

export interface SettingsUpdateOptions extends ActOptions {
  /** Refuse with `conflict` unless the settings are at this version; 0: unless the tenant has none of its own. */
  readonly ifVersion?: number;
}

/** A tenant's settings. All reject with a `ClavigerError`: `invalid_input`, `store_unavailable`, and what they name besides. */
export interface SettingsManager {
  get(): Promise<OwnTenantSettings>;
  /**
   * Changes what is given; every process knows within `gateStaleMs`, this one at once. Where it is so already, nothing
   * happens.
   *
   * @throws `conflict`; `policy_violation` the store has no meters that keys share
   */
  update(patch: SettingsPatch, options?: SettingsUpdateOptions): Promise<OwnTenantSettings>;
}
