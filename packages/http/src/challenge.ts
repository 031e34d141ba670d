/** RFC 6750 §3.1. */
export type BearerError = "invalid_request" | "invalid_token" | "insufficient_scope";

// Needs no escaping inside a quoted-string (RFC 9110 §5.6.4), and is the set of RFC 6750 §3.
const QUOTABLE = /^[\x20\x21\x23-\x5b\x5d-\x7e]+$/;

/** Whether a text can stand in a challenge: visible ASCII and spaces, without `"` and `\`. */
export function isQuotable(text: string): boolean {
  return QUOTABLE.test(text);
}

/**
 * The value of `WWW-Authenticate` (RFC 6750 §3). `realm` is always a quoted-string (RFC 9110 §11.5).
 *
 * @param error absent where the request held no credential (RFC 6750 §3.1)
 * @param scopes what the resource requires, with `insufficient_scope`
 */
export function challenge(realm: string, error?: BearerError, scopes: readonly string[] = []): string {
  const reason = error === undefined ? "" : `, error="${error}"`;
  return `Bearer realm="${realm}"${reason}${scopes.length === 0 ? "" : `, scope="${scopes.join(" ")}"`}`;
}
