import {
  type Charge,
  type ChargeRequest,
  ClavigerError,
  chargesFor,
  type FoundCharge,
  type Limit,
  plainMaker,
  type ReadyKey,
  type SharedLimits,
  type UsedKeyRecord,
} from "@claviger/core";

/** The limits that a key shares with others; undefined: there are none. */
export function sharedBy(gates: SharedLimits): SharedLimits | undefined {
  return gates.ownerLimits.length + gates.tenantLimits.length === 0 ? undefined : gates;
}

const OwnRequest = plainMaker<
  [tenant: string, keyId: string, charges: readonly Charge[], units: number],
  ChargeRequest
>(function (tenant, keyId, charges, units) {
  this.tenant = tenant;
  // Of two shapes of text, so that none is looked at: see the verdict's key.
  this.keyId = "";
  this.keyId = keyId;
  this.charges = charges;
  this.units = units;
});

/**
 * What a key's use is charged by: all or nothing over its own limits and those that it shares.
 *
 * @param units 1, or 0: its meters are only to be told
 * @throws ClavigerError `store_unavailable`
 */
export function chargeRequest(
  { id, tenant, record }: ReadyKey,
  limits: readonly Limit[],
  shared: SharedLimits | undefined,
  cost: number,
  units: 0 | 1,
  nowMs: number,
): ChargeRequest {
  try {
    const charges = chargesFor(limits, cost, nowMs);
    if (shared === undefined) return new OwnRequest(tenant, id, charges, units);
    const ofOwner = chargesFor(shared.ownerLimits, cost, nowMs);
    const ofTenant = chargesFor(shared.tenantLimits, cost, nowMs);
    return { tenant, keyId: id, charges, shared: { owner: record.owner, ofOwner, ofTenant }, units };
  } catch (cause) {
    throw notComputable(id, cause);
  }
}

const FoundRequest = plainMaker<
  [tenant: string, keyId: string, charges: readonly Charge[], asFound: UsedKeyRecord],
  FoundCharge
>(function (tenant, keyId, charges, asFound) {
  this.tenant = tenant;
  this.keyId = keyId;
  this.charges = charges;
  this.units = 1;
  this.asFound = asFound;
});

/** As {@link chargeRequest}, of a key that is charged only if it is as it was found, on its own limits. */
export function foundCharge(key: ReadyKey, limits: readonly Limit[], cost: number, nowMs: number): FoundCharge {
  const { tenant, keyId, charges } = chargeRequest(key, limits, undefined, cost, 1, nowMs);
  return new FoundRequest(tenant, keyId, charges, key.record);
}

/**
 * A stored limit that this process cannot compute, such as one in a time zone that its runtime does not know, is no fault
 * of the client's: it gets neither a pass nor a bad name.
 */
export function notComputable(keyId: string, cause: unknown): ClavigerError {
  return new ClavigerError("store_unavailable", `a limit of key ${keyId} cannot be computed here`, { keyId, cause });
}
