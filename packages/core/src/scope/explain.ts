import { describeValue } from "../value/refuse.js";
import { type Cover, coverOf } from "./cover.js";
import { hasWildcard, isGrant } from "./grammar.js";
import type { ScopeSpace } from "./scope-space.js";

const MAX_SHOWN = 8;

/** A sentence: which grant covers the required scope, through which implication, or what is missing. */
export function explain(space: ScopeSpace, granted: readonly string[], required: string): string {
  if (isGrant(required) && hasWildcard(required)) {
    return `"${required}" cannot be required: a required scope holds no wildcard.`;
  }
  if (!space.has(required)) return `No grant covers ${describeValue(required)}: it is no scope of the catalogue.`;
  const cover = coverOf(space, granted, required);
  return cover === undefined ? missing(granted, required) : covered(cover, space.waysTo(required));
}

function covered({ grant, scope }: Cover, waysTo: ReadonlyMap<string, string>): string {
  const reason = grant === scope ? `"${scope}" is granted` : `The grant "${grant}" takes in "${scope}"`;
  return `${reason}${impliedFrom(scope, waysTo)}.`;
}

/** `, which implies "a:write", which implies "a:read"`: the way to the one scope that leads to itself. */
function impliedFrom(scope: string, waysTo: ReadonlyMap<string, string>): string {
  const next = waysTo.get(scope);
  return next === undefined || next === scope ? "" : `, which implies "${next}"${impliedFrom(next, waysTo)}`;
}

function missing(granted: readonly string[], required: string): string {
  const grants = granted.filter(isGrant).map((grant) => `"${grant}"`);
  if (grants.length === 0) return `"${required}" is missing: nothing is granted.`;
  const more = grants.length > MAX_SHOWN ? ` and ${grants.length - MAX_SHOWN} more` : "";
  return `"${required}" is missing: none of ${grants.slice(0, MAX_SHOWN).join(", ")}${more} covers it.`;
}
