import { coverOf } from "./cover.js";
import { isGrant } from "./grammar.js";
import { meet } from "./meet.js";
import type { ScopeSpace } from "./scope-space.js";
import { widest } from "./widest.js";

/**
 * Grants that cover a scope exactly when both `a` and `b` do. Wildcards stay wildcards: what two grants share is again
 * a grant. Only what both cover by different ways of implication is listed scope by scope.
 */
export function intersect(space: ScopeSpace, a: readonly string[], b: readonly string[]): readonly string[] {
  const shared = widest(meets(a.filter(isGrant), b.filter(isGrant)).filter(space.allows));
  const implied: string[] = [];
  for (const scope of space.scopes) {
    const inBoth = coverOf(space, a, scope) !== undefined && coverOf(space, b, scope) !== undefined;
    if (inBoth && coverOf(space, [...shared, ...implied], scope) === undefined) implied.push(scope);
  }
  return [...shared, ...implied];
}

function meets(a: readonly string[], b: readonly string[]): readonly (string | undefined)[] {
  return a.flatMap((grant) => b.map((other) => meet(grant, other)));
}
