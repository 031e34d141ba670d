import * as z from "zod/mini";
import {
  MAX_CIDRS,
  MAX_RESOURCE_KIND_LENGTH,
  MAX_RESOURCE_KINDS,
  MAX_RESOURCE_LENGTH,
  MAX_RESOURCES,
  MAX_RESOURCES_BYTES,
} from "../bounds.js";
import { distinctList } from "../value/distinct-list.js";
import { namedMembers } from "../value/named-members.js";
import { fields } from "../value/parse-input.js";
import { text } from "../value/text.js";
import { utf8Length } from "../value/utf8-length.js";
import { formatCidr, parseCidr } from "./cidr.js";
import type { AllowDeny, Restrictions } from "./restrictions.js";

const cidr = z.pipe(
  z.custom<string>(
    (value) => canonical(value) !== undefined,
    'a CIDR range such as "10.0.0.0/8" or "2001:db8::/32", with no bit set beyond the prefix, or an address',
  ),
  z.transform((value) => canonical(value) ?? ""),
);

function canonical(value: unknown): string | undefined {
  const range = typeof value === "string" ? parseCidr(value) : undefined;
  return range && formatCidr(range);
}

// A list that is undefined is refused rather than taken for absent, for that would lift the restriction.
function allowDeny(list: z.ZodMiniType<readonly string[]>): z.ZodMiniType<AllowDeny> {
  return fields({ allow: z.exactOptional(list), deny: z.exactOptional(list) }).check(
    z.refine((rule) => rule.allow !== undefined || rule.deny !== undefined, "an object with allow, deny or both"),
  );
}

const KIND = new RegExp(`^[a-z][a-zA-Z0-9_-]{0,${MAX_RESOURCE_KIND_LENGTH - 1}}$`);
const RESERVED: ReadonlySet<string> = new Set(["constructor", "prototype"]);
const KINDS = `an object of at most ${MAX_RESOURCE_KINDS} kinds of resource`;
const SIZE = `at most ${MAX_RESOURCES_BYTES} bytes as one JSON text`;
const KIND_NAME = `named by a kind of resource, matching ${KIND.source}, neither "constructor" nor "prototype"`;

const isKind = (name: string): boolean => KIND.test(name) && !RESERVED.has(name);
const resource = allowDeny(distinctList(text(MAX_RESOURCE_LENGTH), MAX_RESOURCES, "resources"));
const resources = namedMembers(isKind, KIND_NAME, resource, KINDS).check(
  z.refine((rules) => Object.keys(rules).length <= MAX_RESOURCE_KINDS, KINDS),
  z.refine((rules) => utf8Length(JSON.stringify(rules)) <= MAX_RESOURCES_BYTES, SIZE),
);

/**
 * Schema of {@link Restrictions}. Ranges become canonical text (see {@link parseCidr}), so that what was parsed parses
 * to itself.
 */
export const restrictions: z.ZodMiniType<Restrictions> = z.pipe(
  // To zod a Date is an object without fields: it would lift every restriction.
  z.custom<object>((value) => !(value instanceof Date), "an object with ip, resources or both"),
  fields({
    ip: z.exactOptional(allowDeny(distinctList(cidr, MAX_CIDRS, "CIDR ranges"))),
    resources: z.exactOptional(resources),
  }),
);
