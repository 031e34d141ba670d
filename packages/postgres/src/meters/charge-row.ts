import type { Charge, ChargeRequest, ChargeResult, Meter } from "@claviger/core";
import type { Columns } from "../columns.js";

/** A charge as the statement takes it: both forms as one, so that its arithmetic has no cases. */
interface ChargeRow {
  readonly meter: string;
  /** Start of the window in epoch ms; 0 for gcra, whose one window never ends. */
  readonly window_at: number;
  /** What a meter stands at, at least: gcra's floor; 0 for a window. */
  readonly floor: number;
  readonly add: number;
  readonly ceiling: number;
  /** Whether floor and ceiling go by a clock. */
  readonly timed: boolean;
}

interface RequestRow {
  /** Its place in the call. */
  readonly place: number;
  readonly tenant: string;
  readonly key_id: string;
  readonly units: number;
  readonly charges: readonly ChargeRow[];
}

/** What the statement answers to one request. */
export interface AnswerRow {
  readonly place: number;
  readonly admitted: number;
  readonly now_us: number;
  /** All of the key's meters by name: start of the window and amount. */
  readonly meters: { readonly [name: string]: readonly [windowAt: number, amount: number] };
}

export const CHARGE_COLUMNS: Columns<keyof ChargeRow> = {
  meter: "text",
  window_at: "bigint",
  floor: "bigint",
  add: "bigint",
  ceiling: "bigint",
  timed: "boolean",
};

export const REQUEST_COLUMNS: Columns<keyof RequestRow> = {
  place: "bigint",
  tenant: "text",
  key_id: "text",
  units: "bigint",
  charges: "json",
};

export function toRequestRow({ tenant, keyId, units, charges }: ChargeRequest, place: number): RequestRow {
  return { place, tenant, key_id: keyId, units, charges: charges.map(toChargeRow) };
}

export function fromAnswerRow({ admitted, now_us, meters }: AnswerRow, charges: readonly Charge[]): ChargeResult {
  return { admitted, nowUs: now_us, meters: charges.map((charge) => meterOf(charge, meters)) };
}

function toChargeRow(charge: Charge): ChargeRow {
  const { meter } = charge;
  if (charge.form === "window") {
    return { meter, window_at: charge.windowAt, floor: 0, add: charge.add, ceiling: charge.ceiling, timed: false };
  }
  return { meter, window_at: 0, floor: charge.floorUs, add: charge.addUs, ceiling: charge.ceilingUs, timed: true };
}

/** The name of a meter says its form, so the form is not kept beside it. */
function meterOf({ form, meter }: Charge, meters: AnswerRow["meters"]): Meter | null {
  const stored = Object.hasOwn(meters, meter) ? meters[meter] : undefined;
  if (stored === undefined) return null;
  const [windowAt, amount] = stored;
  return form === "gcra" ? { form, tatUs: amount } : { form, windowAt, used: amount };
}
