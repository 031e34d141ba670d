import type { Meter } from "@claviger/core";
import { entryOf } from "./memory-data.js";

/**
 * A meter under its name, and the next one of the same key, owner or tenant: they have a few each. Changed in place, since
 * every verify of a limited key passes here; readers get copies.
 */
export interface MeterCell {
  readonly name: string;
  readonly form: Meter["form"];
  /** Where the form is `gcra`. */
  tatUs: number;
  /** Where the form is `window`, as is `used`. */
  windowAt: number;
  used: number;
  readonly next: MeterCell | undefined;
}

/** The meters of one tenant: its keys', its owners', and its own. */
export interface TenantMeters {
  /** By key id; also of keys that are not there. */
  readonly keys: Map<string, MeterCell>;
  /** By owner, of whichever keys he has. */
  readonly owners: Map<string, MeterCell>;
  own: MeterCell | undefined;
}

/** A tenant's meters, made where there are none. */
export function metersOf(tenants: Map<string, TenantMeters>, tenant: string): TenantMeters {
  return entryOf(tenants, tenant, () => ({ keys: new Map(), owners: new Map(), own: undefined }));
}

export function cellOf(cells: MeterCell | undefined, name: string): MeterCell | undefined {
  let cell = cells;
  while (cell !== undefined && cell.name !== name) cell = cell.next;
  return cell;
}

/** A meter in a cell of its own, in front of others. */
export function newCell(name: string, meter: Meter, next: MeterCell | undefined): MeterCell {
  const cell = { name, form: meter.form, tatUs: 0, windowAt: 0, used: 0, next };
  putIn(cell, meter);
  return cell;
}

/** @param meter of the cell's form: meter names hold it */
export function putIn(cell: MeterCell, meter: Meter): void {
  if (meter.form === "gcra") cell.tatUs = meter.tatUs;
  else {
    cell.windowAt = meter.windowAt;
    cell.used = meter.used;
  }
}

/** What a cell holds, as it is told. */
export function meterIn({ form, tatUs, windowAt, used }: MeterCell): Meter {
  return form === "gcra" ? { form, tatUs } : { form, windowAt, used };
}
