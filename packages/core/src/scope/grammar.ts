import { MAX_SCOPE_LENGTH, MAX_SCOPE_SEGMENTS } from "../bounds.js";
import { characterSet } from "../value/character-set.js";

/** Stands for exactly one segment. */
export const ANY_SEGMENT = "*";
/** As the last segment only: stands for one or more. */
export const ANY_REST = "**";

/** Applications ask for the same few scopes on every request. */
const MAX_KNOWN = 1_000;
const known = new Set<string>();

const COLON = 0x3a;
const isFirst = /* @__PURE__ */ characterSet("abcdefghijklmnopqrstuvwxyz0123456789");
const isFurther = /* @__PURE__ */ characterSet("abcdefghijklmnopqrstuvwxyz0123456789._-");

/**
 * Whether a text names one scope: 1 to 8 segments of `[a-z0-9][a-z0-9._-]*`, joined by colons, at most 128 characters.
 * Narrower than a scope-token of RFC 6749 §3.3, so it needs no escaping in a header.
 */
export function isScope(text: unknown): text is string {
  if (typeof text !== "string") return false;
  if (known.has(text)) return true;
  if (!isWellFormed(text, false)) return false;
  if (known.size >= MAX_KNOWN) known.clear();
  known.add(text);
  return true;
}

/** Whether a text can be granted: a scope in which any whole segment may be `*`, and the last one `**`. */
export function isGrant(text: unknown): text is string {
  return typeof text === "string" && isWellFormed(text, true);
}

/** Whether a grant can cover more than the scope that it spells. */
export function hasWildcard(grant: string): boolean {
  return grant.includes(ANY_SEGMENT);
}

// One walk, which makes nothing: every request that asks for a scope passes here.
function isWellFormed(text: string, wildcards: boolean): boolean {
  if (text.length > MAX_SCOPE_LENGTH) return false;
  let segments = 0;
  let start = 0;
  for (let index = 0; index <= text.length; index += 1) {
    if (index < text.length && text.charCodeAt(index) !== COLON) continue;
    segments += 1;
    const isLast = index === text.length;
    if (!isSegment(text, start, index) && !(wildcards && isWildcard(text, start, index, isLast))) return false;
    start = index + 1;
  }
  return segments <= MAX_SCOPE_SEGMENTS;
}

function isSegment(text: string, start: number, end: number): boolean {
  return start < end && isFirst(text, start, start + 1) && isFurther(text, start + 1, end);
}

function isWildcard(text: string, start: number, end: number, isLast: boolean): boolean {
  const segment = text.slice(start, end);
  return segment === ANY_SEGMENT || (isLast && segment === ANY_REST);
}
