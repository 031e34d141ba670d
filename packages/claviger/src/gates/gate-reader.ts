import type { OwnerRef, OwnerStanding, Store, TenantSettings } from "@claviger/core";
import { type GatePolicy, type TenantGates, tenantGates } from "./tenant-gates.js";

/** Reads the gates before keys, each half by itself. Whatever fails is `store_unavailable`. */
export interface GateReader {
  ofTenant(tenant: string): Promise<TenantGates>;
  isSuspended(owner: OwnerRef): Promise<boolean>;
  /** The same, where the store waits for nothing. */
  readonly atOnce:
    | { readonly ofTenant: (tenant: string) => TenantGates; readonly isSuspended: (owner: OwnerRef) => boolean }
    | undefined;
}

/** @param store answers what was asked for, or throws `store_unavailable` */
export function createGateReader(store: Pick<Store, "settings" | "owners">, policy: GatePolicy): GateReader {
  // Most tenants have chosen nothing, and share what follows from that.
  const ofMost = tenantGates(undefined, policy);
  const { get } = store.settings;
  const { read } = store.owners;

  function by(own: TenantSettings | undefined): TenantGates {
    return own === undefined ? ofMost : tenantGates(own, policy);
  }

  function bothAtOnce(own: typeof get.atOnce, standing: typeof read.atOnce): GateReader["atOnce"] {
    if (own === undefined || standing === undefined) return undefined;
    return { ofTenant: (tenant) => by(own(tenant)), isSuspended: (owner) => isSuspension(standing(owner)) };
  }

  return {
    async ofTenant(tenant) {
      const [own] = await get([tenant]);
      return by(own);
    },
    async isSuspended({ tenant, owner }) {
      const [standing] = await read([{ tenant, owner }]);
      return standing !== undefined && isSuspension(standing);
    },
    atOnce: bothAtOnce(get.atOnce, read.atOnce),
  };
}

function isSuspension({ suspendedAt }: OwnerStanding): boolean {
  return suspendedAt !== null;
}
