import type { ApiKey } from "../key/api-key.js";
import type { LimitState } from "../limits/limit.js";

/** Why a request was denied. Order of precedence: design, "Verify, in this order". */
export type DenialCode =
  | "malformed"
  | "unknown"
  | "pending"
  | "disabled"
  | "expired"
  | "revoked"
  | "compromised"
  | "tenant_disabled"
  | "owner_suspended"
  | "restricted"
  | "insufficient_scope"
  | "rate_limited"
  | "quota_exceeded";

export interface Accepted<Grant extends string = string> {
  readonly ok: true;
  readonly key: ApiKey<Grant>;
  /** All of the key's limits, in declared order, after this request's charge. */
  readonly limits: readonly LimitState[];
}

export interface Denied {
  readonly ok: false;
  readonly code: DenialCode;
  /** Set only once the presented secret matched the key's. */
  readonly keyId?: string;
  /** All of the key's limits, in declared order; set when the request reached them. */
  readonly limits?: readonly LimitState[];
  /** The longest wait among the limits that refused; absent when one never refills or the cost exceeds the burst. */
  readonly retryAfterMs?: number;
  /** Which required scopes the key lacks; with `insufficient_scope`. */
  readonly missingScopes?: readonly string[];
  /** Set when the request, not the token, was no verify request: which field, and what is allowed. A programmer's mistake. */
  readonly problem?: string;
}

/** The outcome of `verify`: a value, whatever was presented. */
export type Verdict<Grant extends string = string> = Accepted<Grant> | Denied;
