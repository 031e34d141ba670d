import { invalidInput } from "../value/refuse.js";
import type { ScopeCatalogue } from "./catalogue.js";
import { coverOf } from "./cover.js";
import { exceeding } from "./exceeding.js";
import { explain } from "./explain.js";
import { intersect } from "./intersect.js";
import type { ScopeSpace } from "./scope-space.js";
import { widerGrants } from "./wider-grants.js";

const NONE: readonly string[] = Object.freeze([]);

/** What grants mean over a space of scopes, as people ask for it. */
export function createCatalogue<Scope extends string>(space: ScopeSpace<Scope>): ScopeCatalogue<Scope> {
  return Object.freeze<ScopeCatalogue<Scope>>({
    scopes: space.scopes,
    has: space.has,
    allows: space.allows,
    covers: (granted, required) => coverOf(space, grantsOf(granted), required) !== undefined,
    missing(granted, required) {
      if (areGrantedAsWritten(space, granted, required)) return NONE;
      const wanted = textsOf(required);
      // That nothing is missing of what is no list would read as "may".
      if (wanted === undefined) throw invalidInput("required", "an array of scopes", required);
      const held = grantsOf(granted);
      return [...new Set(wanted)].filter((scope) => coverOf(space, held, scope) === undefined);
    },
    explain: (granted, required) => explain(space, grantsOf(granted), required),
    intersect: (a, b) => intersect(space, grantsOf(a), grantsOf(b)),
    exceeding: (bound, granted) => (bound === null ? [] : exceeding(space, grantsOf(bound), grantsOf(granted))),
    attenuate: (bound, granted) =>
      bound === null ? grantsOf(granted) : intersect(space, grantsOf(bound), grantsOf(granted)),
    coveringGrants: (scope) =>
      space.has(scope) ? [...new Set([...space.waysTo(scope).keys()].flatMap(widerGrants))] : [],
  });
}

/** Most requests ask for what is granted in the same words. False: it takes a closer look. */
function areGrantedAsWritten(space: ScopeSpace, granted: readonly string[], required: readonly string[]): boolean {
  try {
    if (!Array.isArray(granted) || !Array.isArray(required)) return false;
    for (let index = 0; index < required.length; index += 1) {
      const scope: unknown = required[index];
      if (!space.has(scope) || !holdsText(granted, scope)) return false;
    }
    return true;
  } catch {
    return false;
  }
}

/** Whether there is such a text, and nothing but texts. */
function holdsText(granted: readonly unknown[], scope: string): boolean {
  let isHeld = false;
  for (let index = 0; index < granted.length; index += 1) {
    const grant = granted[index];
    if (typeof grant !== "string") return false;
    isHeld ||= grant === scope;
  }
  return isHeld;
}

/** Callers without types may pass anything as grants: what is no array of texts grants nothing. */
function grantsOf(given: unknown): readonly string[] {
  return textsOf(given) ?? [];
}

function textsOf(given: unknown): readonly string[] | undefined {
  try {
    if (!Array.isArray(given)) return undefined;
    const members: readonly unknown[] = [...given];
    return members.every((member) => typeof member === "string") ? members : undefined;
  } catch {
    return undefined;
  }
}
