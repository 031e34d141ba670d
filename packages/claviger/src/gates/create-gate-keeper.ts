import {
  ClavigerError,
  describeValue,
  type Gates,
  isTenantEnabled,
  type OwnerRef,
  type Settings,
  type Store,
  unreachable,
} from "@claviger/core";
import type { Stopwatch } from "../elapsed.js";
import type { GateKeeper } from "./gate-keeper.js";
import { createRecentReads } from "./recent-reads.js";

/** So many tenants and so many owners are known at most: some 20 MB, a few times that with the longest names. */
const MAX_KNOWN = 50_000;

export interface GateKeeperOptions {
  readonly store: Pick<Store, "settings" | "owners">;
  readonly settings: Pick<Settings, "requireEnabled">;
  readonly stopwatch: Stopwatch;
  /** 0: the gates are read for each verify. */
  readonly gateStaleMs: number;
}

/** What is asked for twice is read once; a tenant's settings and an owner's standing are read side by side. */
export function createGateKeeper({ store, settings, stopwatch, gateStaleMs }: GateKeeperOptions): GateKeeper {
  const enabled = createRecentReads<boolean>(stopwatch, gateStaleMs, MAX_KNOWN);
  const suspended = createRecentReads<boolean>(stopwatch, gateStaleMs, MAX_KNOWN);

  async function readEnabled(tenant: string): Promise<boolean> {
    return sensible(async () => {
      const [...answers] = await store.settings.get([tenant]);
      // No answer at all would pass for a tenant who has chosen nothing.
      if (answers.length !== 1) throw new RangeError(`settings of one tenant were asked for; got ${answers.length}`);
      return isTenantEnabled(answers[0], settings);
    });
  }

  async function readSuspended(owner: OwnerRef): Promise<boolean> {
    return sensible(async () => {
      const suspendedAt: unknown = (await store.owners.read([owner]))[0]?.suspendedAt;
      if (suspendedAt === null || typeof suspendedAt === "number") return suspendedAt !== null;
      throw new TypeError(`suspendedAt must be epoch ms or null; got ${describeValue(suspendedAt)}`);
    });
  }

  return {
    of({ tenant, owner }) {
      const now = stopwatch.read();
      const tenantEnabled = enabled.of(tenant, now, () => readEnabled(tenant));
      const ownerSuspended = suspended.of(ownerName(tenant, owner), now, () => readSuspended({ tenant, owner }));
      if (typeof tenantEnabled === "boolean" && typeof ownerSuspended === "boolean")
        return { tenantEnabled, ownerSuspended };
      return both(tenantEnabled, ownerSuspended);
    },
    hear(signal) {
      switch (signal.kind) {
        case "tenant":
          return enabled.forget(signal.tenant);
        case "owner":
          return suspended.forget(ownerName(signal.tenant, signal.owner));
        case "hearing":
          enabled.forgetAll();
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

async function both(enabled: boolean | Promise<boolean>, suspended: boolean | Promise<boolean>): Promise<Gates> {
  const [tenantEnabled, ownerSuspended] = await Promise.all([enabled, suspended]);
  return { tenantEnabled, ownerSuspended };
}

// Neither name can end where the other begins, whatever characters they hold.
function ownerName(tenant: string, owner: string): string {
  return `${tenant.length} ${tenant}${owner}`;
}

// What nobody can make sense of is trouble in the store: it opens no gate, and calls no key bad.
async function sensible(read: () => Promise<boolean>): Promise<boolean> {
  try {
    return await read();
  } catch (cause) {
    if (cause instanceof ClavigerError) throw cause;
    throw new ClavigerError("store_unavailable", "what the store holds of a tenant or an owner makes no sense", {
      cause,
    });
  }
}
