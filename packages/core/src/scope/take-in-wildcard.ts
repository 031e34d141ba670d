import { MAX_SCOPE_SEGMENTS } from "../bounds.js";
import { ANY_REST, ANY_SEGMENT, isGrant } from "./grammar.js";
import { matches } from "./matches.js";

/**
 * Whether grants together take in everything that a wildcard does, whatever scopes there are or will be.
 *
 * A `*` left standing in a scope is a segment that no grant spells out. So one such scope for each number of segments
 * decides: what takes it in takes in every other scope of that shape.
 */
export function takeInWildcard(grants: readonly string[], wildcard: string): boolean {
  const shapes = shapesOf(wildcard);
  return shapes.length > 0 && shapes.every((shape) => grants.some((grant) => matches(grant, shape)));
}

function shapesOf(wildcard: string): readonly string[] {
  if (!isGrant(wildcard)) return [];
  const segments = wildcard.split(":");
  if (segments.at(-1) !== ANY_REST) return [wildcard];
  const fixed = segments.slice(0, -1);
  return Array.from({ length: MAX_SCOPE_SEGMENTS - fixed.length }, (_, more) =>
    [...fixed, ANY_SEGMENT, ...Array<string>(more).fill(ANY_SEGMENT)].join(":"),
  ).filter(isGrant);
}
