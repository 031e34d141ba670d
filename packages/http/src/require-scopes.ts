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
  for (const scope of scopes) {
    if (!isScope(scope)) throw argumentError('a scope such as "invoices:read", without wildcards', scope);
  }
  return (raw) => {
    const attached = lastAttached(raw);
    if (attached === undefined)
      throw new Error("requireScopes needs an apiKeyAuth before it that admitted the request");
    const { keyring, realm, verdict } = attached;
    for (const scope of scopes) {
      if (!keyring.scopes.has(scope)) throw argumentError("a scope of the keyring's catalogue", scope);
    }
    const missing = keyring.scopes.missing(verdict.key.scopes, scopes);
    return missing.length === 0 ? undefined : insufficientScope(realm, scopes);
  };
}

function argumentError(allowed: string, given: unknown): TypeError {
  return optionError("each argument of requireScopes", allowed, given);
}
