import type { Meter } from "@claviger/core";

/**
 * A meter under its tenant and its name, and the next one of the same key, owner or tenant: they have a few each. Changed in
 * place, since every verify of a limited key passes here; readers get copies.
 */
export interface MeterCell {
  readonly tenant: string;
  readonly name: string;
  readonly form: Meter["form"];
  /** Where the form is `gcra`. */
  tatUs: number;
  /** Where the form is `window`, as is `used`. */
  windowAt: number;
  used: number;
  readonly next: MeterCell | undefined;
}

/** All meters. */
export interface Meters {
  /** By key id; also of keys that are not there, and of whichever tenants: so that a key's take one look-up. */
  readonly keys: Map<string, MeterCell>;
  /** By owner, under `scopedName`, of whichever keys he has. */
  readonly owners: Map<string, MeterCell>;
  /** By tenant: its own. */
  readonly tenants: Map<string, MeterCell>;
}

export function noMeters(): Meters {
  return { keys: new Map(), owners: new Map(), tenants: new Map() };
}

export function cellOf(cells: MeterCell | undefined, tenant: string, name: string): MeterCell | undefined {
  let cell = cells;
  while (cell !== undefined && (cell.name !== name || cell.tenant !== tenant)) cell = cell.next;
  return cell;
}

/** Forgets the meters of a tenant's key, and of no other tenant's that goes by the same id. */
export function forgetKey({ keys }: Meters, tenant: string, keyId: string): void {
  let others: MeterCell | undefined;
  for (let cell = keys.get(keyId); cell !== undefined; cell = cell.next)
    if (cell.tenant !== tenant) others = { ...cell, next: others };
  if (others === undefined) keys.delete(keyId);
  else keys.set(keyId, others);
}

/** A meter in a cell of its own, in front of others. */
export function newCell(tenant: string, name: string, meter: Meter, next: MeterCell | undefined): MeterCell {
  const cell = { tenant, name, form: meter.form, tatUs: 0, windowAt: 0, used: 0, next };
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
