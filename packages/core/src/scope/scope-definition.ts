import * as z from "zod/mini";
import { namedMembers } from "../value/named-members.js";
import { parseOption } from "../value/parse-input.js";
import { isScope } from "./grammar.js";

/**
 * The scopes of an application: actions by resource, `{ invoices: ["read", "write"] }`, or the scopes themselves,
 * `["orders", "orders:read"]`, where some have no action.
 */
export type ScopeDefinition = readonly string[] | { readonly [resource: string]: readonly string[] };

/** The scopes of a definition as literal types; `string` where it is not written out. */
export type ScopesOf<Definition extends ScopeDefinition> = Definition extends readonly (infer Scope extends string)[]
  ? Scope
  : string extends keyof Definition
    ? string
    : { [Resource in keyof Definition & string]: ActionsOn<Resource, Definition[Resource]> }[keyof Definition & string];

type ActionsOn<Resource extends string, Actions> = Actions extends readonly (infer Action extends string)[]
  ? string extends Action
    ? string
    : `${Resource}:${Action}`
  : never;

const WELL_FORMED = 'segments of a-z, 0-9, ".", "_" and "-" joined by colons, at most 8 segments and 128 characters';

const scope = z.custom<string>(isScope, WELL_FORMED);
const list = z.array(scope, "an array of texts");
const byResource = namedMembers(
  isScope,
  `named by ${WELL_FORMED}`,
  list,
  "an object of arrays of actions, or an array of scopes",
);

/**
 * The scopes of a definition, in its order, each once.
 *
 * @throws TypeError naming what is no scope
 */
export function parseScopeDefinition<Definition extends ScopeDefinition>(
  definition: Definition,
): readonly ScopesOf<Definition>[] {
  const scopes = Array.isArray(definition)
    ? parseOption("scopes", list, definition)
    : Object.entries(parseOption("scopes.", byResource, definition)).flatMap(([resource, actions]) =>
        parseOption(
          "scopes",
          list,
          actions.map((action) => `${resource}:${action}`),
        ),
      );
  // What the type says of the literals, this did with their values.
  return [...new Set(scopes)] as readonly string[] as readonly ScopesOf<Definition>[];
}
