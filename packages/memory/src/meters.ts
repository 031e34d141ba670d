import type { Meter } from "@claviger/core";
import { entryOf } from "./memory-data.js";

/** Meters by name. A meter is frozen, and another takes its place when it is charged: so readers share it. */
export type Meters = Map<string, Meter>;

/** The meters of one tenant: its keys', its owners', and its own. */
export interface TenantMeters {
  /** By key id; also of keys that are not there. */
  readonly keys: Map<string, Meters>;
  /** By owner, of whichever keys he has. */
  readonly owners: Map<string, Meters>;
  readonly own: Meters;
}

/** A tenant's meters, made where there are none. */
export function metersOf(tenants: Map<string, TenantMeters>, tenant: string): TenantMeters {
  return entryOf(tenants, tenant, () => ({ keys: new Map(), owners: new Map(), own: new Map() }));
}
