import type { Limit } from "./limit.js";

/** Limits that a key shares with others. */
export interface SharedLimits {
  /** Of all keys of its owner together. */
  readonly ownerLimits: readonly Limit[];
  /** Of all keys of its tenant together. */
  readonly tenantLimits: readonly Limit[];
}
