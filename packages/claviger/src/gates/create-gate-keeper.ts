import { type Gates, type OwnerRef, type Store, unreachable } from "@claviger/core";
import { createGenerations } from "../cache/generations.js";
import { createSharedReadings } from "../cache/shared-readings.js";
import { earlierOf, type Reading, type Stopwatch } from "../elapsed.js";
import type { GateKeeper, KnownGates } from "./gate-keeper.js";
import { createRecentReads } from "./recent-reads.js";
import { type GatePolicy, type TenantGates, tenantGates } from "./tenant-gates.js";

/** So many tenants and so many owners are known at most: some 20 MB, a few times that with the longest names. */
const MAX_KNOWN = 50_000;

export interface GateKeeperOptions {
  /** Answers what was asked for, or throws `store_unavailable`. */
  readonly store: Pick<Store, "settings" | "owners">;
  readonly settings: GatePolicy;
  readonly stopwatch: Stopwatch;
  /** 0: the gates are read for each verify. */
  readonly gateStaleMs: number;
}

/**
 * What is asked for twice is read once; a tenant's settings and an owner's standing are read side by side. A key in memory
 * holds on to its gates, so that they need not be looked up by name, and lets go of them once anything was heard to change.
 */
export function createGateKeeper({ store, settings, stopwatch, gateStaleMs }: GateKeeperOptions): GateKeeper {
  // Most tenants have chosen nothing, and share what follows from that.
  const ofMost = tenantGates(undefined, settings);
  const ofTenants = createRecentReads<TenantGates>(stopwatch, gateStaleMs, MAX_KNOWN);
  const suspended = createRecentReads<boolean>(stopwatch, gateStaleMs, MAX_KNOWN);
  const known = createGenerations<KnownGates>(MAX_KNOWN);
  const sharedReading = createSharedReadings(stopwatch, gateStaleMs);
  let changes = 0;

  async function readTenant(tenant: string): Promise<TenantGates> {
    const [own] = await store.settings.get([tenant]);
    return own === undefined ? ofMost : tenantGates(own, settings);
  }

  async function readSuspended({ tenant, owner }: OwnerRef): Promise<boolean> {
    const [standing] = await store.owners.read([{ tenant, owner }]);
    return standing !== undefined && standing.suspendedAt !== null;
  }

  function counts(held: KnownGates, now: Reading): boolean {
    return held.changes === changes && stopwatch.ageMs(held.readAt, now) < gateStaleMs;
  }

  function lookUp(owner: OwnerRef, now: Reading): KnownGates | undefined {
    const name = ownerName(owner);
    const shared = known.get(name);
    if (shared !== undefined && counts(shared, now)) return shared;
    const ofTenant = ofTenants.known(owner.tenant, now);
    const ofOwner = ofTenant && suspended.known(name, now);
    if (ofTenant === undefined || ofOwner === undefined) return undefined;
    const gates = gatesOf(ofTenant.value, ofOwner.value);
    const readAt = sharedReading(earlierOf(ofTenant.began, ofOwner.began));
    if (shared === undefined) {
      const made = { gates, readAt, changes };
      known.set(name, made);
      return made;
    }
    shared.gates = gates;
    shared.readAt = readAt;
    shared.changes = changes;
    return shared;
  }

  return {
    recall(key, now) {
      const { gates: held } = key;
      if (held !== undefined && counts(held, now)) return held.gates;
      key.gates = lookUp(key.record, now);
      return key.gates?.gates;
    },
    of(owner) {
      const now = stopwatch.read();
      const ofTenant = ofTenants.of(owner.tenant, now, () => readTenant(owner.tenant));
      const isSuspended = suspended.of(ownerName(owner), now, () => readSuspended(owner));
      const isKnown = "free" in ofTenant && typeof isSuspended === "boolean";
      return isKnown ? gatesOf(ofTenant, isSuspended) : both(ofTenant, isSuspended);
    },
    hear(signal) {
      switch (signal.kind) {
        case "tenant":
          changes += 1;
          return ofTenants.forget(signal.tenant);
        case "owner":
          changes += 1;
          return suspended.forget(ownerName(signal));
        case "hearing":
          changes += 1;
          ofTenants.forgetAll();
          return suspended.forgetAll();
        case "key":
        case "lost":
          return undefined;
        default:
          return unreachable(signal);
      }
    },
  };
}

async function both(
  ofTenant: TenantGates | Promise<TenantGates>,
  isSuspended: boolean | Promise<boolean>,
): Promise<Gates> {
  return gatesOf(...(await Promise.all([ofTenant, isSuspended])));
}

function gatesOf({ free, suspended }: TenantGates, isSuspended: boolean): Gates {
  return isSuspended ? suspended : free;
}

// Neither name can end where the other begins, whatever characters they hold.
function ownerName({ tenant, owner }: OwnerRef): string {
  return `${tenant.length} ${tenant}${owner}`;
}
