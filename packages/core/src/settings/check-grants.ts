import { ClavigerError } from "../errors.js";
import type { ScopeCatalogue } from "../scope/catalogue.js";
import { describeValue, invalidInput } from "../value/refuse.js";
import type { Settings } from "./settings.js";

/**
 * Whether a key may hold these grants.
 *
 * @throws ClavigerError `invalid_input` for a grant that matches no scope of the catalogue; `policy_violation` for one
 *   that goes beyond the settings' `allowedScopes`
 */
export function checkGrants(grants: readonly string[], settings: Settings, catalogue: ScopeCatalogue<string>): void {
  const unknown = grants.findIndex((grant) => !catalogue.allows(grant));
  if (unknown >= 0)
    throw invalidInput(`scopes[${unknown}]`, "a scope of the catalogue, or a wildcard over it", grants[unknown]);
  const beyond = catalogue.exceeding(settings.allowedScopes, grants)[0];
  if (beyond === undefined) return;
  const field = `scopes[${grants.indexOf(beyond)}]`;
  throw new ClavigerError("policy_violation", `${field}: the settings allow no key to hold ${describeValue(beyond)}`, {
    field,
  });
}
