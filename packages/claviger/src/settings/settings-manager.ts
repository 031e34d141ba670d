import type { ActOptions } from "../keyring.js";

/** What a tenant has chosen; what it has not, is as the keyring's `settings` say. */
export interface OwnTenantSettings {
  /** Whether the tenant's keys authenticate at all. */
  readonly enabled: boolean;
  /** One more with every change; 0: the tenant has no settings of its own. */
  readonly version: number;
  /** Epoch ms; null: it has none of its own. */
  readonly updatedAt: number | null;
}

export interface SettingsPatch {
  /** `false` turns all of the tenant's keys off, `true` on again. */
  readonly enabled?: boolean;
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
   * @throws `conflict`
   */
  update(patch: SettingsPatch, options?: SettingsUpdateOptions): Promise<OwnTenantSettings>;
}
