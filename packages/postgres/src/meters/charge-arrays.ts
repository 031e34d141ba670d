import type { Charge } from "@claviger/core";
import { numberArray } from "../client/array-rows.js";
import { textArray } from "../client/text-array.js";

export const US_PER_MS = 1000;

type ChargeCells = readonly [
  meter: string,
  windowAt: number,
  timed: boolean,
  floor: number,
  add: number,
  ceiling: number,
];

/** Both forms of charge as one, so that the arithmetic has no cases: names and types of the columns, in order. */
export const CHARGE_COLUMNS = {
  meter: "text",
  // Start of the window in epoch ms; 0 for gcra, whose one window never ends.
  window_at: "bigint",
  // Whether floor and ceiling count from the time of the charge.
  timed: "boolean",
  // What a meter stands at, at least: gcra's floor; 0 for a window.
  floor: "bigint",
  add: "bigint",
  ceiling: "bigint",
} as const;

/** One charge's cells, one a column. Times of gcra count from `nowUs`, the clock that it was prepared by in epoch µs. */
function chargeCells(charge: Charge, nowUs: number): ChargeCells {
  if (charge.form === "window") return [charge.meter, charge.windowAt, false, 0, charge.add, charge.ceiling];
  return [charge.meter, 0, true, charge.floorUs - nowUs, charge.addUs, charge.ceilingUs - nowUs];
}

/**
 * Charges as array parameters, one a column.
 *
 * @param nowMs the clock that they were prepared by, epoch ms
 */
export function chargeArrays(charges: readonly Charge[], nowMs: number): readonly string[] {
  const rows = charges.map((charge) => chargeCells(charge, nowMs * US_PER_MS));
  return [
    textArray(rows.map(([meter]) => meter)),
    numberArray(rows.map(([, windowAt]) => windowAt)),
    numberArray(rows.map(([, , timed]) => timed)),
    numberArray(rows.map(([, , , floor]) => floor)),
    numberArray(rows.map(([, , , , add]) => add)),
    numberArray(rows.map(([, , , , , ceiling]) => ceiling)),
  ];
}
