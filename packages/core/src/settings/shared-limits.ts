import { ClavigerError } from "../errors.js";
import type { Limit } from "../limits/limit.js";
import { limits } from "../limits/parse-limits.js";
import type { SharedLimits } from "../limits/shared-limits.js";
import type { Settings } from "./settings.js";
import type { TenantSettings } from "./tenant-settings.js";

/**
 * The limits that a tenant's keys share: as he has chosen, or, where he has not, as the policy says; each list by itself.
 *
 * @throws ClavigerError `store_unavailable` what is stored is no list of limits: nobody can go by it
 */
export function sharedLimits(
  own: TenantSettings | undefined,
  policy: Pick<Settings, "ownerLimits" | "tenantLimits">,
): SharedLimits {
  const { ownerLimits, tenantLimits } = own?.settings ?? {};
  return {
    ownerLimits: ownerLimits === undefined ? policy.ownerLimits : stored("ownerLimits", ownerLimits),
    tenantLimits: tenantLimits === undefined ? policy.tenantLimits : stored("tenantLimits", tenantLimits),
  };
}

function stored(field: keyof SharedLimits, value: unknown): readonly Limit[] {
  const { success, data, error } = limits.safeParse(value);
  if (success) return data;
  throw new ClavigerError("store_unavailable", `the ${field} that are stored make no sense`, { field, cause: error });
}
