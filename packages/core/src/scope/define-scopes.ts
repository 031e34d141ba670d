import * as z from "zod/mini";
import { namedMembers } from "../value/named-members.js";
import { fields, parseOption } from "../value/parse-input.js";
import type { ScopeCatalogue } from "./catalogue.js";
import { createCatalogue } from "./create-catalogue.js";
import { hasWildcard, isGrant } from "./grammar.js";
import { type Implications, waysToScopes } from "./implications.js";
import { matches } from "./matches.js";
import { parseScopeDefinition, type ScopeDefinition, type ScopesOf } from "./scope-definition.js";

const MAX_SHOWN = 8;

export interface DefineScopesOptions<Scope extends string = string> {
  /** What else a scope grants: `{ "invoices:write": ["invoices:read"] }`. Transitive; cycles are harmless. */
  readonly implies?: { readonly [Implier in Scope]?: readonly Scope[] };
}

/**
 * Declares the scopes of an application. Scopes outside it do not compile where types reach, and are refused at run time.
 *
 * ```ts
 * const scopes = defineScopes(
 *   { invoices: ["read", "write"], payments: ["read", "send"] },
 *   { implies: { "invoices:write": ["invoices:read"] } },
 * );
 * ```
 *
 * @throws TypeError naming what is no scope, or an implication between scopes that are not declared
 */
export function defineScopes<const Definition extends ScopeDefinition>(
  definition: Definition,
  options: DefineScopesOptions<NoInfer<ScopesOf<Definition>>> = {},
): ScopeCatalogue<ScopesOf<Definition>> {
  const scopes = parseScopeDefinition(definition);
  const known = new Set<string>(scopes);
  const ways = waysToScopes(scopes, parseOption("options", optionsOver(known), options).implies ?? {});
  return createCatalogue({
    scopes: Object.freeze(scopes),
    has: (scope): scope is ScopesOf<Definition> => typeof scope === "string" && known.has(scope),
    allows: (grant): grant is string =>
      isGrant(grant) && (hasWildcard(grant) ? scopes.some((scope) => matches(grant, scope)) : known.has(grant)),
    waysTo: (scope) => ways.get(scope) ?? new Map<string, string>(),
  });
}

function optionsOver(known: ReadonlySet<string>): z.ZodMiniType<{ readonly implies?: Implications }> {
  const allowed = `a scope of the catalogue (${enumerated([...known])})`;
  const isKnown = (value: unknown): value is string => typeof value === "string" && known.has(value);
  const list = z.array(z.custom<string>(isKnown, allowed), "an array of scopes");
  const implies = namedMembers(isKnown, `named by ${allowed}`, list, "an object of arrays of scopes, by scope");
  return fields({ implies: z.exactOptional(implies) });
}

function enumerated(scopes: readonly string[]): string {
  return scopes.length > MAX_SHOWN ? `${scopes.slice(0, MAX_SHOWN).join(", ")}, …` : scopes.join(", ");
}
