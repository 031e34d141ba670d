import { MAX_PREFIX_LENGTH, MIN_PREFIX_LENGTH } from "../bounds.js";
import { describeValue } from "../value/refuse.js";
import { UNDERSCORE } from "./token-shape.js";

const MAX_SEGMENTS = 3;

/** What a prefix is, for error messages. */
export const PREFIX_RULE: string =
  `${MIN_PREFIX_LENGTH} to ${MAX_PREFIX_LENGTH} characters, one to ${MAX_SEGMENTS} segments of a-z and 0-9 ` +
  'that begin with a letter, joined by "_"';

/** Whether a value is a token's prefix: `acme`, `acme_live`, `acme_eu_live`. */
export function isPrefix(value: unknown): value is string {
  return typeof value === "string" && hasPrefix(value, value.length);
}

/** Whether a text begins with a prefix of exactly `end` characters. */
export function hasPrefix(text: string, end: number): boolean {
  if (end < MIN_PREFIX_LENGTH || end > MAX_PREFIX_LENGTH) return false;
  let segments = 0;
  let isSegmentStart = true;
  for (let index = 0; index < end; index += 1) {
    const code = text.charCodeAt(index);
    const isLetter = code >= 0x61 && code <= 0x7a;
    if (isSegmentStart) {
      if (!isLetter) return false;
      segments += 1;
      isSegmentStart = false;
    } else if (code === UNDERSCORE) {
      isSegmentStart = true;
    } else if (!isLetter && !(code >= 0x30 && code <= 0x39)) {
      return false;
    }
  }
  return !isSegmentStart && segments <= MAX_SEGMENTS;
}

/**
 * Checks a prefix that the programmer wrote.
 *
 * @param option what the option is called, `acceptedPrefixes[0]`
 * @throws TypeError naming the option, what was given and what is allowed
 */
export function prefixOption(option: string, value: unknown): string {
  if (isPrefix(value)) return value;
  throw new TypeError(`${option} must be ${PREFIX_RULE}; got ${describeValue(value)}`);
}
