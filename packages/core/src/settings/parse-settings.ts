import * as z from "zod/mini";
import {
  DEFAULT_LIFETIME_MS,
  DEFAULT_MAX_KEYS_PER_OWNER,
  DEFAULT_MAX_LIFETIME_MS,
  MAX_KEYS_PER_OWNER,
} from "../bounds.js";
import { limits } from "../limits/parse-limits.js";
import type { ScopeCatalogue } from "../scope/catalogue.js";
import { grants } from "../scope/grants.js";
import { duration } from "../value/duration.js";
import { flag } from "../value/flag.js";
import { fields, parseOption } from "../value/parse-input.js";
import { describeValue } from "../value/refuse.js";
import { wholeNumber } from "../value/whole-number.js";
import type { Settings } from "./settings.js";

const lifetime = z.union([z.literal(null), duration()], 'a duration such as "90d", or null for unbounded');

const schema = fields({
  maxKeysPerOwner: z.optional(wholeNumber(0, MAX_KEYS_PER_OWNER)),
  maxLifetime: z.optional(lifetime),
  defaultLifetime: z.optional(lifetime),
  allowedScopes: z.optional(grants),
  requireEnabled: z.optional(flag),
  ownerLimits: z.optional(limits),
  tenantLimits: z.optional(limits),
});

/**
 * The `settings` option with every default filled in.
 *
 * @throws TypeError naming the setting, what was given and what is allowed
 */
export function settingsOption(option: string, value: unknown, catalogue: ScopeCatalogue<string>): Settings {
  const given = parseOption(`${option}.`, schema, value === undefined ? {} : value);
  const maxLifetimeMs = given.maxLifetime === undefined ? DEFAULT_MAX_LIFETIME_MS : given.maxLifetime;
  const allowedScopes = given.allowedScopes ?? null;
  const unknown = allowedScopes?.find((grant) => !catalogue.allows(grant));
  if (unknown !== undefined) {
    throw new TypeError(
      `${option}.allowedScopes must name scopes of the catalogue, or wildcards over it; got ${describeValue(unknown)}`,
    );
  }
  return {
    maxKeysPerOwner: given.maxKeysPerOwner ?? DEFAULT_MAX_KEYS_PER_OWNER,
    maxLifetimeMs,
    defaultLifetimeMs: defaultLifetime(option, given.defaultLifetime, maxLifetimeMs),
    allowedScopes,
    requireEnabled: given.requireEnabled ?? false,
    ownerLimits: given.ownerLimits ?? [],
    tenantLimits: given.tenantLimits ?? [],
  };
}

// A default that nobody chose gives way to a shorter maximum; one that somebody chose and cannot be met is a mistake.
function defaultLifetime(
  option: string,
  chosenMs: number | null | undefined,
  maxLifetimeMs: number | null,
): number | null {
  if (chosenMs === undefined) return Math.min(DEFAULT_LIFETIME_MS, maxLifetimeMs ?? DEFAULT_LIFETIME_MS);
  if (maxLifetimeMs !== null && (chosenMs === null || chosenMs > maxLifetimeMs)) {
    throw new TypeError(
      `${option}.defaultLifetime must be at most maxLifetime (${maxLifetimeMs} ms); got ${chosenMs ?? "null"}`,
    );
  }
  return chosenMs;
}
