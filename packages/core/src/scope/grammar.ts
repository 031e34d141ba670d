import { MAX_SCOPE_LENGTH, MAX_SCOPE_SEGMENTS } from "../bounds.js";

/** Stands for exactly one segment. */
export const ANY_SEGMENT = "*";
/** As the last segment only: stands for one or more. */
export const ANY_REST = "**";

const SEGMENT = /^[a-z0-9][a-z0-9._-]*$/;

/**
 * Whether a text names one scope: 1 to 8 segments of `[a-z0-9][a-z0-9._-]*`, joined by colons, at most 128 characters.
 * Narrower than a scope-token of RFC 6749 §3.3, so it needs no escaping in a header.
 */
export function isScope(text: unknown): text is string {
  return isShort(text) && isWellFormed(text.split(":"), false);
}

/** Whether a text can be granted: a scope in which any whole segment may be `*`, and the last one `**`. */
export function isGrant(text: unknown): text is string {
  return isShort(text) && isWellFormed(text.split(":"), true);
}

/** Whether a grant can cover more than the scope that it spells. */
export function hasWildcard(grant: string): boolean {
  return grant.includes(ANY_SEGMENT);
}

function isShort(text: unknown): text is string {
  return typeof text === "string" && text.length <= MAX_SCOPE_LENGTH;
}

function isWellFormed(segments: readonly string[], wildcards: boolean): boolean {
  return (
    segments.length <= MAX_SCOPE_SEGMENTS &&
    segments.every(
      (segment, index) =>
        SEGMENT.test(segment) ||
        (wildcards && (segment === ANY_SEGMENT || (segment === ANY_REST && index === segments.length - 1))),
    )
  );
}
