import { type Gates, isTenantEnabled, type Settings, sharedLimits, type TenantSettings } from "@claviger/core";

/** The gates before all keys of a tenant, by whether their owner is suspended. Made once a read, and shared. */
export interface TenantGates {
  readonly free: Gates;
  readonly suspended: Gates;
}

export type GatePolicy = Pick<Settings, "requireEnabled" | "ownerLimits" | "tenantLimits">;

/**
 * @param own undefined: the tenant has no settings of its own
 * @throws ClavigerError `store_unavailable`
 */
export function tenantGates(own: TenantSettings | undefined, policy: GatePolicy): TenantGates {
  const ofTenant = { tenantEnabled: isTenantEnabled(own, policy), ...sharedLimits(own, policy) };
  return {
    free: Object.freeze({ ...ofTenant, ownerSuspended: false }),
    suspended: Object.freeze({ ...ofTenant, ownerSuspended: true }),
  };
}
