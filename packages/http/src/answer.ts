import type { Denied } from "claviger";
import { challenge } from "./challenge.js";
import { type Refused, refuse } from "./outcome.js";
import { policyName, rateLimitFields, wholeSeconds } from "./rate-limit-fields.js";

/** What a refusal is made from. */
export interface Asked {
  readonly realm: string;
  /** The scopes that the resource requires. */
  readonly scopes: readonly string[];
  /** Epoch ms by the keyring's clock. */
  readonly nowMs: number;
}

/** Seconds after which a client may try again when the store could not be asked. */
const UNAVAILABLE_RETRY_S = 5;

/** The refusal of a request without a credential of ours. */
export function missingCredential(realm: string): Refused {
  return refuse("missing-credential", { "WWW-Authenticate": challenge(realm) });
}

/** The refusal of a request with two credentials, or with one that cannot be read. */
export function unusableCredential(realm: string): Refused {
  return refuse("invalid-request", { "WWW-Authenticate": challenge(realm, "invalid_request") });
}

/** The refusal of a request that could not be decided on, because the store could not be asked. */
export function unavailable(): Refused {
  return refuse("unavailable", { "Retry-After": String(UNAVAILABLE_RETRY_S) });
}

/**
 * The refusal of a source whose attempts have failed too often, in the place of the 401 (RFC 6585 §4).
 *
 * @param waitMs after which an attempt is answered for itself again
 */
export function tooManyAttempts(waitMs: number): Refused {
  return refuse("too-many-attempts", { "Retry-After": String(wholeSeconds(waitMs)) });
}

/** The refusal of a key that lacks a scope of the resource. */
export function insufficientScope(realm: string, scopes: readonly string[]): Refused {
  return refuse("insufficient-scope", { "WWW-Authenticate": challenge(realm, "insufficient_scope", scopes) });
}

/** The answer to a denied request. Every code that is about the key's validity gets the same one, byte for byte. */
export function answerDenied(denied: Denied, { realm, scopes, nowMs }: Asked): Refused {
  const { code } = denied;
  switch (code) {
    case "malformed":
    case "unknown":
    case "pending":
    case "disabled":
    case "expired":
    case "revoked":
    case "compromised":
    case "tenant_disabled":
    case "owner_suspended":
      return refuse("invalid-key", { "WWW-Authenticate": challenge(realm, "invalid_token") });
    case "insufficient_scope":
      return insufficientScope(realm, scopes);
    case "restricted":
      return refuse("restricted");
    case "rate_limited":
    case "quota_exceeded":
      return limitReached(denied, nowMs);
    default: {
      const unreachable: never = code;
      return unreachable;
    }
  }
}

function limitReached({ limits = [], retryAfterMs }: Denied, nowMs: number): Refused {
  const fields = rateLimitFields(limits, nowMs);
  const violated = limits.filter(({ refused }) => refused === true).map(policyName);
  return refuse(
    "quota-exceeded",
    retryAfterMs === undefined ? fields : { ...fields, "Retry-After": String(wholeSeconds(retryAfterMs)) },
    // As the problem type of that name in draft-ietf-httpapi-ratelimit-headers calls them.
    violated.length === 0 ? undefined : { "violated-policies": violated },
  );
}
