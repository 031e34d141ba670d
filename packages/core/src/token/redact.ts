import { CHECKSUM_LENGTH, ID_LENGTH, SECRET_LENGTH } from "./token-shape.js";

const MASK = "…";
const RUN_OR_MASK = /[0-9A-Za-z]+|…/g;

/** So many characters of a secret in a row are never shown. */
const WINDOW = 8;

// A segment of a prefix that is as long as an id, or longer, known by the id and secret that follow. Every part is
// bounded, so that a look costs the same anywhere.
const LONG_SEGMENT = /[a-z][a-z0-9]{15,23}(?:_[a-z][a-z0-9]{0,6}){0,2}_[0-9A-Za-z]{16}_(?:[0-9A-Za-z]{38}|…)/y;

// `Rechnungseingang`, `maxLifetimeSeconds`: an upper-case letter begins a hump and lower-case ones follow. There is one
// way to match, so nothing to backtrack.
const WORD = /^[A-Za-z][a-z]+(?:[A-Z][a-z]{2,})*$/;

/**
 * Takes the secrets of tokens out of a text and leaves prefix and id: `acme_live_0123456789ABCDEF_…`. Tokens may be
 * whole, cut off at the end, damaged in one place or glued to what stands around them; of no secret do 8 characters in
 * a row remain. Where in doubt it takes out too much: long words close behind a token that was cut off, and base62 of
 * more than 16 characters anywhere unless it reads like a word. A piece that lost its id and has at most 16 characters
 * looks like any other text, and stays.
 *
 * Linear in the length of the text.
 */
export function redactTokens(text: string): string {
  let secretStart = -1;
  let secretLeft = 0;
  return text.replace(RUN_OR_MASK, (run: string, start: number) => {
    const isSecretStart = start === secretStart;
    if (run === MASK) {
      if (isSecretStart) secretLeft = 0;
      return run;
    }
    const isInSecret = isSecretStart || (secretLeft > 0 && run.length >= WINDOW);
    secretLeft = Math.max(0, secretLeft - run.length);
    if (run.length >= ID_LENGTH && !isSecretStart && isLongSegment(text, start)) return run;
    const end = start + run.length;
    if (run.length === ID_LENGTH && text.startsWith("_", end)) {
      secretStart = end + 1;
      secretLeft = SECRET_LENGTH + CHECKSUM_LENGTH;
      // Straight behind an id, these are the beginning of a secret with an underscore in it.
      return isSecretStart ? MASK : run;
    }
    return isInSecret || isLoosePiece(run) ? MASK : run;
  });
}

function isLongSegment(text: string, start: number): boolean {
  LONG_SEGMENT.lastIndex = start;
  return LONG_SEGMENT.test(text);
}

// A piece of a token that lost its id, or a digest.
function isLoosePiece(run: string): boolean {
  return run.length > ID_LENGTH && (run.length >= SECRET_LENGTH || !WORD.test(run));
}
