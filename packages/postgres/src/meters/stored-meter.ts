import { type Charge, gcraMeter, type Meter, windowMeter } from "@claviger/core";

/** A meter as a row holds it: the start of its window in epoch ms, or 0, and its amount, which of gcra is its time in epoch µs. */
type StoredMeter = readonly [windowAt: number, amount: number];

/** Meters by name; null or absent: nothing was ever spent. */
export type StoredMeters = { readonly [name: string]: StoredMeter | null };

/**
 * The name of a meter says its form, so the form is not kept beside it.
 *
 * @throws TypeError the row was damaged
 */
export function meterNamed(name: string, form: Charge["form"], meters: StoredMeters): Meter | null {
  const stored = Object.hasOwn(meters, name) ? meters[name] : undefined;
  if (!stored) return null;
  if (!Array.isArray(stored) || !stored.every(Number.isSafeInteger)) {
    throw new TypeError(`meter ${name} is not stored as a time and an amount, both whole numbers`);
  }
  const [windowAt, amount] = stored;
  return form === "gcra" ? gcraMeter(amount) : windowMeter(windowAt, amount);
}
