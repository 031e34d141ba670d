/** A problem's name: the last segment of its type. */
export type ProblemName =
  | "missing-credential"
  | "invalid-request"
  | "invalid-key"
  | "insufficient-scope"
  | "restricted"
  | "quota-exceeded"
  | "too-many-attempts"
  | "unavailable";

/** A refusal's status and body. */
export interface Problem {
  readonly status: 400 | 401 | 403 | 429 | 503;
  /** Its standard members, for a body that has more. */
  readonly members: { readonly [name: string]: string | number };
  /** Those alone. */
  readonly body: string;
}

const TYPES = "https://claviger.dev/problems/";

// One body a name, made once: it cannot say more about one key than about another. `instance` is left out, so that
// the body is the same everywhere (RFC 9457 §3.1).
function problem(name: ProblemName, status: Problem["status"], title: string, detail: string): Problem {
  const members = Object.freeze({ type: TYPES + name, title, status, detail });
  return Object.freeze({ status, members, body: JSON.stringify(members) });
}

/** The problems that a request can meet (RFC 9457). */
export const PROBLEMS: { readonly [Name in ProblemName]: Problem } = Object.freeze({
  "missing-credential": problem(
    "missing-credential",
    401,
    "API key missing",
    "This resource needs an API key. Send it as a bearer token.",
  ),
  "invalid-request": problem(
    "invalid-request",
    400,
    "API key unreadable",
    "Send exactly one API key, in exactly one header, without spaces inside.",
  ),
  "invalid-key": problem("invalid-key", 401, "API key not valid", "This API key is not valid here and now."),
  "insufficient-scope": problem(
    "insufficient-scope",
    403,
    "Scope missing",
    "This API key lacks a scope that the resource requires; WWW-Authenticate names the required ones.",
  ),
  restricted: problem(
    "restricted",
    403,
    "API key restricted",
    "This API key may not be used from here, or not on this resource.",
  ),
  "quota-exceeded": problem(
    "quota-exceeded",
    429,
    "Limit reached",
    "A limit of this API key is used up. Retry-After says when to try again, where that is known.",
  ),
  "too-many-attempts": problem(
    "too-many-attempts",
    429,
    "Too many failed attempts",
    "Too many requests from this address had no valid API key. Those that have one are served as ever.",
  ),
  unavailable: problem(
    "unavailable",
    503,
    "Temporarily unavailable",
    "API keys cannot be checked at the moment. Try again later.",
  ),
});
