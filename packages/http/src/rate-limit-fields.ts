import type { LimitState } from "claviger";
import { type Fields, NO_FIELDS } from "./outcome.js";

/**
 * `RateLimit-Policy` and `RateLimit` for the limits of a key (draft-ietf-httpapi-ratelimit-headers-11 §3, §4): lists of
 * strings with integer parameters (RFC 9651). The draft may change; this is the one place that writes it.
 *
 * `w` and `t` are seconds, rounded up: a client that waits too long is served, one that waits too briefly is not. `t`
 * ends when the limit is whole again. A limit that refills evenly admits before that, so on a 429 `Retry-After` may
 * come earlier, which §6 asks servers to avoid; by §7 it takes precedence. Credits have neither `w` nor `t`.
 *
 * @param nowMs epoch ms by the clock that `resetAt` was told by
 * @returns no fields where there are no limits
 */
export function rateLimitFields(limits: readonly LimitState[], nowMs: number): Fields {
  if (limits.length === 0) return NO_FIELDS;
  return {
    "RateLimit-Policy": limits.map(policy).join(", "),
    RateLimit: limits.map((limit) => serviceLimit(limit, nowMs)).join(", "),
  };
}

/** What a limit is called towards clients: `burst`, or `owner:burst` where it is shared. No limit's own name holds a colon. */
export function policyName({ name, sharedBy }: LimitState): string {
  return sharedBy === undefined ? name : `${sharedBy}:${name}`;
}

function policy(state: LimitState): string {
  const { limit, windowMs } = state;
  return `"${policyName(state)}";q=${limit}${windowMs === undefined ? "" : `;w=${wholeSeconds(windowMs)}`}`;
}

function serviceLimit(state: LimitState, nowMs: number): string {
  const { remaining, resetAt } = state;
  return `"${policyName(state)}";r=${remaining}${resetAt === undefined ? "" : `;t=${wholeSeconds(resetAt - nowMs)}`}`;
}

/** Milliseconds as `delay-seconds` (RFC 9110 §10.2.3): whole, never negative, never too short. */
export function wholeSeconds(ms: number): number {
  return Math.max(0, Math.ceil(ms / 1000));
}
