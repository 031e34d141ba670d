import { headerValues, type RawHeaders } from "./raw-headers.js";

/** The one credential of a request, and by which kind of header it came. */
export interface PresentedToken {
  readonly found: "one";
  readonly token: string;
  readonly by: "bearer" | "plain";
}

/** Which credential a request presents. */
export type Credential =
  | PresentedToken
  /** None, or one of another scheme. */
  | { readonly found: "none" }
  /** Two, or one that is none: an empty one, one with a space, a control character or a byte beyond ASCII inside. */
  | { readonly found: "unusable" };

const NONE: Credential = Object.freeze({ found: "none" });
const UNUSABLE: Credential = Object.freeze({ found: "unusable" });

// auth-scheme = token (RFC 9110 §11.1, §5.6.2).
const SCHEME = /^[!#$%&'*+.^_`|~0-9A-Za-z-]+/;
// A Fetch `Headers` joins repeated lines by a comma: a Bearer line that follows another scheme's.
const JOINED_BEARER = /,[ \t]*bearer(?:[ \t]|$)/i;
// VCHAR. RFC 6750 §2.1 allows fewer (b64token); what a token looks like is `verify`'s business, not the header's.
const VISIBLE = /^[\x21-\x7e]+$/;
const SPACE = 0x20;

/**
 * Reads the one credential of a request: `Authorization: Bearer`, or one of the plain headers. More than one, even
 * twice the same, is refused rather than chosen from (RFC 6750 §2, §3.1). Another scheme, such as the `Basic` that a
 * proxy in front asks for, is no credential and stands beside a plain header in peace.
 *
 * @param plainHeaders names in lower case
 */
export function readCredential(rawHeaders: RawHeaders, plainHeaders: readonly string[]): Credential {
  const authorizations = headerValues(rawHeaders, "authorization");
  if (authorizations.length > 1) return UNUSABLE;
  const [authorization] = authorizations;
  const bearer = authorization === undefined ? undefined : bearerToken(authorization);
  let token = bearer;
  for (const name of plainHeaders) {
    for (const value of headerValues(rawHeaders, name)) {
      if (token !== undefined) return UNUSABLE;
      token = value;
    }
  }
  if (token === undefined) return NONE;
  if (!VISIBLE.test(token)) return UNUSABLE;
  return { found: "one", token, by: bearer === undefined ? "plain" : "bearer" };
}

// `credentials = "Bearer" 1*SP b64token` (RFC 6750 §2.1), the scheme in any case (RFC 9110 §11.1). Empty where the
// scheme is Bearer and no token follows.
function bearerToken(authorization: string): string | undefined {
  const scheme = authorization.startsWith("Bearer ") ? "Bearer" : (SCHEME.exec(authorization)?.[0] ?? "");
  if (scheme.toLowerCase() !== "bearer") return JOINED_BEARER.test(authorization) ? "" : undefined;
  let start = scheme.length;
  while (authorization.charCodeAt(start) === SPACE) start += 1;
  return start === scheme.length ? "" : authorization.slice(start);
}
