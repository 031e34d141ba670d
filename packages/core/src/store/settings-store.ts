import type { SettingsEvent } from "../event/tenant-event.js";
import type { TenantSettings } from "../settings/tenant-settings.js";

export type SettingsResult =
  | { readonly outcome: "replaced" }
  /** The version was another; `current` are the settings as they are now, absent where there are none. Nothing was written. */
  | { readonly outcome: "conflict"; readonly current?: TenantSettings };

export interface GetSettings {
  /**
   * Reads settings by primary key, strongly consistent.
   *
   * @param tenants in any number and order, repetitions allowed
   * @returns one entry a tenant, in the order asked; undefined where it has none of its own
   */
  (tenants: readonly string[]): Promise<readonly (TenantSettings | undefined)[]>;

  /** The same for one tenant, by a store that waits for nothing: as `consume.atOnce`. */
  readonly atOnce?: (tenant: string) => TenantSettings | undefined;
}

export interface SettingsStore {
  readonly get: GetSettings;

  /**
   * Compare-and-swap of a tenant's settings, with their event, both or neither. Repeated with the same `event.id` it is
   * `replaced` again, at least until someone else has changed them.
   *
   * @param expectedVersion 0: the tenant must have none yet
   */
  replace(next: TenantSettings, expectedVersion: number, event: SettingsEvent): Promise<SettingsResult>;
}
