import type { Charge, ChargeRequest } from "@claviger/core";
import { type PartOfRow, partsOfRows } from "./meter-row.js";

/** A request's charges, in the order in which its meters are told. */
export function chargesOfRows(request: ChargeRequest): readonly PartOfRow<Charge>[] {
  const { charges, shared } = request;
  return partsOfRows(request, { own: charges, ofOwner: shared?.ofOwner ?? [], ofTenant: shared?.ofTenant ?? [] });
}
