import { coverOf } from "./cover.js";
import { hasWildcard } from "./grammar.js";
import type { ScopeSpace } from "./scope-space.js";
import { takeInWildcard } from "./take-in-wildcard.js";

/**
 * The grants that a bound does not keep within itself. A wildcard joins scopes that the space gains later to a key, so
 * it must be taken in by wildcards of the bound, not just be covered scope by scope today.
 */
export function exceeding(space: ScopeSpace, bound: readonly string[], granted: readonly string[]): readonly string[] {
  return [...new Set(granted)].filter((grant) =>
    hasWildcard(grant) ? !takeInWildcard(bound, grant) : coverOf(space, bound, grant) === undefined,
  );
}
