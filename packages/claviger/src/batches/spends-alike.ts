import type { Charge, ChargeRequest, FoundCharge, SharedCharges, UsedKeyRecord } from "@claviger/core";
import type { ChargeAsk } from "./fold-charges.js";

const US_PER_MS = 1000;

/** Whether two asks spend the same on the same meters, but for the clocks that they were prepared by. */
export function spendsAlike(one: ChargeAsk, other: ChargeAsk): boolean {
  const laterUs = (other.nowMs - one.nowMs) * US_PER_MS;
  const [request, next] = [one.request, other.request];
  return (
    request.keyId === next.keyId &&
    request.tenant === next.tenant &&
    asFound(request) === asFound(next) &&
    // Who only asks would be told of spend that had not been made yet.
    request.units > 0 === next.units > 0 &&
    chargesAlike(request.charges, next.charges, laterUs) &&
    sharedAlike(request.shared, next.shared, laterUs)
  );
}

function asFound(request: ChargeRequest | FoundCharge): UsedKeyRecord | undefined {
  return "asFound" in request ? request.asFound : undefined;
}

function sharedAlike(one: SharedCharges | undefined, other: SharedCharges | undefined, laterUs: number): boolean {
  if (one === undefined || other === undefined) return one === other;
  return (
    one.owner === other.owner &&
    chargesAlike(one.ofOwner, other.ofOwner, laterUs) &&
    chargesAlike(one.ofTenant, other.ofTenant, laterUs)
  );
}

function chargesAlike(some: readonly Charge[], others: readonly Charge[], laterUs: number): boolean {
  return some.length === others.length && some.every((charge, index) => chargeAlike(charge, others[index], laterUs));
}

function chargeAlike(one: Charge, other: Charge | undefined, laterUs: number): boolean {
  if (one.form === "gcra")
    return (
      other?.form === "gcra" &&
      one.meter === other.meter &&
      one.addUs === other.addUs &&
      one.floorUs + laterUs === other.floorUs &&
      one.ceilingUs + laterUs === other.ceilingUs
    );
  return (
    other?.form === "window" &&
    one.meter === other.meter &&
    one.windowAt === other.windowAt &&
    one.add === other.add &&
    one.ceiling === other.ceiling
  );
}
