import { matches } from "./matches.js";
import type { ScopeSpace } from "./scope-space.js";

/** Why a scope is covered. */
export interface Cover {
  readonly grant: string;
  /** What the grant takes in: the required scope, or one that implies it. */
  readonly scope: string;
}

/**
 * The rule of the whole model: a scope is covered if a grant takes in the scope itself or one that implies it. Of
 * several covers, one without implication is found first. What is no scope of the space, wildcards too, has none.
 */
export function coverOf(space: ScopeSpace, granted: readonly string[], required: string): Cover | undefined {
  if (!space.has(required)) return undefined;
  for (const scope of space.waysTo(required).keys()) {
    const grant = granted.find((text) => matches(text, scope));
    if (grant !== undefined) return { grant, scope };
  }
  return undefined;
}
