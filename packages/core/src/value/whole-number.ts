import * as z from "zod/mini";

/** Schema of a whole number from `min` to `max`, both inclusive. */
export function wholeNumber(min: number, max: number): z.ZodMiniType<number> {
  return z.custom<number>(
    (value) =>
      typeof value === "number" && Number.isSafeInteger(value) && value >= min && value <= max && !Object.is(value, -0),
    `a whole number from ${min} to ${max}`,
  );
}
