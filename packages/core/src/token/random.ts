import { customRandom } from "nanoid";
import { ClavigerError } from "../errors.js";
import { isBytes } from "../value/is-bytes.js";
import { BASE62 } from "./base62.js";

/** Gives exactly so many bytes, each time fresh ones from a cryptographically secure generator. */
export type RandomSource = (bytes: number) => Uint8Array;

// nanoid asks for 1.6 times as many bytes as it needs and rejects one in 32: a sound source needs a second draw about
// once in 10^11 ids.
const MAX_DRAWS = 8;

/**
 * Characters of base62, uniform by rejection, from the injected source and from nothing else. nanoid alone would repeat
 * the few bytes of a source that gives too little, and ask one that gives nothing usable for ever.
 *
 * @param length of the text; at least 8, so that a source that works never gives one character throughout
 * @throws ClavigerError `random_unusable`: the source threw (its error is the `cause`), gave anything but a
 *   `Uint8Array` of the length asked for, the same character throughout, or in 8 draws too little that is usable
 */
export function drawBase62(length: number, random: RandomSource): string {
  let draws = 0;
  const draw = customRandom(BASE62, length, (count) => {
    draws += 1;
    if (draws > MAX_DRAWS) throw unusable(`gave too few usable bytes in ${MAX_DRAWS} draws`);
    return readBytes(random, count);
  });
  const text = draw();
  if (text === text.charAt(0).repeat(length)) throw unusable("gave a constant");
  return text;
}

function readBytes(random: RandomSource, count: number): Uint8Array {
  const bytes = callSource(random, count);
  if (!isBytes(bytes)) throw unusable("gave no Uint8Array");
  if (bytes.length !== count) throw unusable(`gave ${bytes.length} bytes when asked for ${count}`);
  return bytes;
}

function callSource(random: RandomSource, count: number): unknown {
  try {
    return random(count);
  } catch (cause) {
    throw new ClavigerError("random_unusable", "the source of random bytes threw", { cause });
  }
}

function unusable(what: string): ClavigerError {
  return new ClavigerError("random_unusable", `the source of random bytes ${what}`);
}
