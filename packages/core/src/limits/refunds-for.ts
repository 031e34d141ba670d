import type { Charge, Meter, Refund } from "./charge.js";

/**
 * What takes the spend of one unit of charges back.
 *
 * @param meters as the store told them after the charges, from `offset` on in their order
 */
export function refundsFor(
  charges: readonly Charge[],
  meters: readonly (Meter | null)[],
  offset = 0,
): readonly Refund[] {
  return charges.map((charge, index): Refund => {
    if (charge.form === "gcra") return { form: "gcra", meter: charge.meter, subUs: charge.addUs };
    const meter = meters[offset + index];
    // Where the clock had stepped back, the charge went into a newer window than its own.
    const windowAt = meter?.form === "window" ? meter.windowAt : charge.windowAt;
    return { form: "window", meter: charge.meter, windowAt, sub: charge.add };
  });
}
