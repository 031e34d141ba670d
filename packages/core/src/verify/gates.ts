import type { Limit } from "../limits/limit.js";

/** What stands between a key and its use besides the key itself: the switches of its tenant and of its owner, and the limits that it shares. */
export interface Gates {
  readonly tenantEnabled: boolean;
  readonly ownerSuspended: boolean;
  /** Of all keys of the owner together. */
  readonly ownerLimits: readonly Limit[];
  /** Of all keys of the tenant together. */
  readonly tenantLimits: readonly Limit[];
}
