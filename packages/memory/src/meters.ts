import type { Meter } from "@claviger/core";

/** In two whole numbers of 31 bits, which lie in the object: the one number would lie in an object of its own. */
const HALF = 2 ** 31;

/**
 * A meter under its tenant and its name, and the next one of the same key, owner or tenant: they have a few each. Changed in
 * place, since every verify of a limited key passes here; readers get copies. Whoever is given a cell can do nothing with it.
 */
export class MeterCell {
  #isGone = false;
  readonly #name: string;
  readonly #tenant: string;
  readonly #form: Meter["form"];
  #tatHigh = 0;
  #tatLow = 0;
  #windowAt = 0;
  #used = 0;
  #next: MeterCell | undefined = undefined;

  constructor(tenant: string, name: string, meter: Meter) {
    this.#name = name;
    this.#tenant = tenant;
    this.#form = meter.form;
    this.put(meter);
  }

  get form(): Meter["form"] {
    return this.#form;
  }

  /** Where the form is `gcra`. */
  get tatUs(): number {
    return this.#tatHigh * HALF + this.#tatLow;
  }

  /** Where the form is `window`, as is `used`. */
  get windowAt(): number {
    return this.#windowAt;
  }

  get used(): number {
    return this.#used;
  }

  /** Whether it is to be looked for again, since the key's meters were forgotten. */
  get isGone(): boolean {
    return this.#isGone;
  }

  /** @param meter of the cell's form: meter names hold it */
  put(meter: Meter): void {
    if (meter.form === "gcra") {
      const high = Math.floor(meter.tatUs / HALF);
      this.#tatHigh = high | 0;
      this.#tatLow = (meter.tatUs - high * HALF) | 0;
    } else {
      this.#windowAt = meter.windowAt;
      this.#used = meter.used;
    }
  }

  /** What it holds, as it is told. */
  meter(): Meter {
    return this.#form === "gcra"
      ? { form: this.#form, tatUs: this.tatUs }
      : { form: this.#form, windowAt: this.#windowAt, used: this.#used };
  }

  static of(cells: MeterCell | undefined, tenant: string, name: string): MeterCell | undefined {
    let cell = cells;
    while (cell !== undefined && (cell.#name !== name || cell.#tenant !== tenant)) cell = cell.#next;
    return cell;
  }

  /** Cells and one more. The first of them stays the first, since it is what is held on to. */
  static with(cells: MeterCell | undefined, added: MeterCell): MeterCell {
    if (cells === undefined) return added;
    let last = cells;
    while (last.#next !== undefined) last = last.#next;
    last.#next = added;
    return cells;
  }

  /** Ends all cells. @returns new ones in the place of those that are no meters of the tenant */
  static without(cells: MeterCell | undefined, tenant: string): MeterCell | undefined {
    let others: MeterCell | undefined;
    for (let cell = cells; cell !== undefined; cell = cell.#next) {
      cell.#isGone = true;
      if (cell.#tenant !== tenant)
        others = MeterCell.with(others, new MeterCell(cell.#tenant, cell.#name, cell.meter()));
    }
    return others;
  }
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

/** A key's first cell. @param handle it, from an earlier time; anything, or a cell that has ended, leads to none */
export function cellsOf({ keys }: Meters, keyId: string, handle: unknown): MeterCell | undefined {
  return handle instanceof MeterCell && !handle.isGone ? handle : keys.get(keyId);
}

/** Forgets the meters of a tenant's key, and of no other tenant's that goes by the same id. */
export function forgetKey({ keys }: Meters, tenant: string, keyId: string): void {
  const others = MeterCell.without(keys.get(keyId), tenant);
  if (others === undefined) keys.delete(keyId);
  else keys.set(keyId, others);
}
