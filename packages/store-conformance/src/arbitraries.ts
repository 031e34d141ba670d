import { MAX_TIME_MS, type Metadata } from "@claviger/core";
import fc from "fast-check";

/** Any text that may be stored: Unicode without NUL and lone surrogates. */
export const text = (maxLength: number): fc.Arbitrary<string> =>
  fc.string({ unit: "binary", minLength: 1, maxLength }).filter((value) => !value.includes("\0"));

/** Epoch ms. */
export const time: fc.Arbitrary<number> = fc.integer({ min: 0, max: MAX_TIME_MS });

const FORBIDDEN: readonly string[] = ["__proto__", "constructor", "prototype"];
const name = text(12).filter((value) => !FORBIDDEN.includes(value));
const json = fc.letrec((tie) => ({
  value: fc.oneof(
    { depthSize: "small", withCrossShrink: true },
    fc.constant(null),
    fc.boolean(),
    fc.double({ noNaN: true, noDefaultInfinity: true }).map((value) => (value === 0 ? 0 : value)),
    text(12),
    fc.array(tie("value"), { maxLength: 4 }),
    fc.dictionary(name, tie("value"), { maxKeys: 4, noNullPrototype: true }),
  ),
})).value;

/** An object of JSON: metadata, the data of an event. By way of its text, which is how it arrives. */
export const jsonObject: fc.Arbitrary<Metadata> = fc
  .dictionary(name, json, { maxKeys: 5, noNullPrototype: true })
  .map((value): Metadata => JSON.parse(JSON.stringify(value)));
