import { isScope, type RegisteredScope } from "claviger";
import { insufficientScope } from "./answer.js";
import { lastAttached } from "./attached.js";
import { optionError } from "./option-error.js";
import type { Refused } from "./outcome.js";

/** Refuses a request, or lets it pass. */
export type Require = (raw: object) => Refused | undefined;

/**
 * What `requireScopes` does, without a framework: lets pass whose key covers all of the scopes, by wildcards and the
 * catalogue's implications too. The request has been charged by then, whatever comes of it.
 *
 * @returns a decision that throws, so that the framework answers 500, where no `apiKeyAuth` admitted the request
 *   before, or its keyring's catalogue has no such scope
 * @throws TypeError without scopes, and for what is no scope
 */
export function requireScopes(...scopes: readonly [RegisteredScope, ...RegisteredScope[]]): Require {
  if (scopes.length === 0) throw new TypeError("requireScopes must be given at least one scope; got none");
  const unusable = scopes.find((scope) => !isScope(scope));
  if (!scopes.every(isScope))
    throw optionError("each argument of requireScopes", 'a scope such as "invoices:read", without wildcards', unusable);
  return (raw) => {
    const attached = lastAttached(raw);
    if (attached === undefined)
      throw new Error("requireScopes needs apiKeyAuth before it, which admitted the same request");
    const { keyring, realm, verdict } = attached;
    const unknown = scopes.find((scope) => !keyring.scopes.has(scope));
    if (unknown !== undefined)
      throw optionError("each argument of requireScopes", "a scope of the keyring's catalogue", unknown);
    return keyring.scopes.missing(verdict.key.scopes, scopes).length === 0
      ? undefined
      : insufficientScope(realm, scopes);
  };
}
