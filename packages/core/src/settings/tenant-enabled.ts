import type { Settings } from "./settings.js";
import type { TenantSettings } from "./tenant-settings.js";

/**
 * Whether a tenant's keys authenticate at all: as he has chosen, or, where he has not, as the policy says. What is
 * stored and is neither true nor false is no choice that one could rely on: they do not.
 */
export function isTenantEnabled(own: TenantSettings | undefined, policy: Pick<Settings, "requireEnabled">): boolean {
  const enabled: unknown = own?.settings.enabled;
  return enabled === undefined ? !policy.requireEnabled : enabled === true;
}
