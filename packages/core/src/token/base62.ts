import { characterSet } from "../value/character-set.js";

/** The digits, least first. */
export const BASE62 = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

const DIGITS: Uint8Array = /* @__PURE__ */ Uint8Array.from(BASE62, (digit) => digit.charCodeAt(0));

/** Whether every character from `start` up to `end` exists and is a digit of base62. */
export const isBase62: (text: string, start: number, end: number) => boolean = /* @__PURE__ */ characterSet(BASE62);

/**
 * A number in base62, most significant digit first, padded on the left with `0`.
 *
 * @param n a whole number, at least 0 and below 62 ** `width`
 * @throws RangeError for any other
 */
export function encodeBase62(n: number, width: number): string {
  if (!Number.isSafeInteger(n) || n < 0 || n >= 62 ** width) {
    throw new RangeError(`n must be a whole number that ${width} digits of base62 hold; got ${n}`);
  }
  let text = "";
  for (let rest = n; text.length < width; rest = Math.floor(rest / 62)) text = BASE62.charAt(rest % 62) + text;
  return text;
}

/**
 * Whether the characters from `start` up to `end` are what {@link encodeBase62} makes of a number, without making it.
 *
 * @param n a whole number below 2 ** 32: so that the runtime reckons in whole numbers
 */
export function isBase62Of(n: number, text: string, start: number, end: number): boolean {
  let rest = n >>> 0;
  for (let index = end - 1; index >= start; index -= 1) {
    const more = (rest / 62) >>> 0;
    if (text.charCodeAt(index) !== DIGITS[rest - more * 62]) return false;
    rest = more;
  }
  return rest === 0;
}
