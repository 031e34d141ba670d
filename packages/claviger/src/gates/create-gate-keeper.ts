import { type Gates, type OwnerRef, type Store, unreachable } from "@claviger/core";
import { earlierOf, type Reading, type Stopwatch } from "../elapsed.js";
import type { GateKeeper } from "./gate-keeper.js";
import { createGateReader } from "./gate-reader.js";
import { createGateMemory, type KnownGates, ownerName } from "./known-gates.js";
import { createRecentReads } from "./recent-reads.js";
import type { GatePolicy, TenantGates } from "./tenant-gates.js";

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
  const { ofTenant, isSuspended, atOnce } = createGateReader(store, settings);
  const ofTenants = createRecentReads<TenantGates>(stopwatch, gateStaleMs, MAX_KNOWN);
  const suspended = createRecentReads<boolean>(stopwatch, gateStaleMs, MAX_KNOWN);
  const memory = createGateMemory(stopwatch, gateStaleMs, MAX_KNOWN);

  function lookUp(owner: OwnerRef, now: Reading): KnownGates | undefined {
    const held = memory.of(owner);
    if (held !== undefined && memory.counts(held, now)) return held;
    const tenant = ofTenants.known(owner.tenant, now);
    const standing = tenant && suspended.known(ownerName(owner), now);
    if (tenant === undefined || standing === undefined) return undefined;
    return memory.note(owner, held, gatesOf(tenant.value, standing.value), earlierOf(tenant.began, standing.began));
  }

  async function read(owner: OwnerRef, now: Reading): Promise<Gates> {
    const tenant = ofTenants.of(owner.tenant, now, () => ofTenant(owner.tenant));
    const standing = suspended.of(ownerName(owner), now, () => isSuspended(owner));
    return gatesOf(...(await Promise.all([tenant, standing])));
  }

  return {
    recall(key, now) {
      const { gates: held } = key;
      if (held !== undefined && memory.counts(held, now)) return held.gates;
      // Where they are read at once there is nothing newer elsewhere.
      if (held !== undefined && atOnce !== undefined) return undefined;
      key.gates = lookUp(key.record, now);
      return key.gates?.gates;
    },
    readAtOnce:
      atOnce &&
      ((key, now) => {
        const { record } = key;
        const tenant = ofTenants.atOnce(record.tenant, now, atOnce.ofTenant);
        const gates = gatesOf(tenant.value, atOnce.isSuspended(record));
        // Into what is held already, for all keys of the owner.
        key.gates = memory.note(record, key.gates ?? memory.of(record), gates, earlierOf(tenant.began, now));
        return gates;
      }),
    of(owner) {
      const now = stopwatch.read();
      return lookUp(owner, now)?.gates ?? read(owner, now);
    },
    hear(signal) {
      switch (signal.kind) {
        case "tenant":
          memory.change();
          return ofTenants.forget(signal.tenant);
        case "owner":
          memory.change();
          return suspended.forget(ownerName(signal));
        case "hearing":
          memory.change();
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

function gatesOf({ free, suspended }: TenantGates, isSuspended: boolean): Gates {
  return isSuspended ? suspended : free;
}
