import * as z from "zod/mini";
import { MAX_SCOPES } from "../bounds.js";
import { distinctList } from "../value/distinct-list.js";
import { isGrant } from "./grammar.js";

const grant = z.custom<string>(
  isGrant,
  'a scope such as "invoices:read": up to 8 segments of a-z, 0-9, ".", "_" and "-" joined by colons, 128 characters in all; ' +
    'any whole segment may be "*", the last one "**"',
);
/** Schema of what is granted: up to 100 scopes and wildcards, whatever the catalogue. Each is kept once, in order. */
export const grants: z.ZodMiniType<readonly string[]> = distinctList(grant, MAX_SCOPES, "scopes");
