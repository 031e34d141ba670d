import { MAX_SCOPE_LENGTH } from "../bounds.js";
import { ANY_REST, ANY_SEGMENT, hasWildcard } from "./grammar.js";

/** Whether a grant, by itself and without implication, takes in a scope. A malformed grant takes in none. */
export function matches(grant: string, scope: string): boolean {
  if (!hasWildcard(grant)) return grant === scope;
  return grant.length <= MAX_SCOPE_LENGTH && matchesSegments(grant.split(":"), scope.split(":"));
}

/**
 * One walk from left to right, without backtracking: `**` can only stand last, so no wildcard ever has a choice.
 * A `*` among the scope's segments is taken for a segment that no grant spells out.
 */
export function matchesSegments(grant: readonly string[], scope: readonly string[]): boolean {
  const last = grant.length - 1;
  const open = grant[last] === ANY_REST;
  if (open ? scope.length < grant.length : scope.length !== grant.length) return false;
  return grant.every(
    (segment, index) => segment === ANY_SEGMENT || (open && index === last) || segment === scope[index],
  );
}
