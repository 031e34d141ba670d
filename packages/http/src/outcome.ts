import type { ApiKey, RegisteredGrant } from "claviger";
import { PROBLEMS, type Problem, type ProblemName } from "./problem.js";

/** Header fields by name. */
export type Fields = { readonly [name: string]: string };

export const NO_FIELDS: Fields = Object.freeze({});

/** The request may pass; the response gets these fields unless the handler sets them otherwise. */
export interface Admitted {
  readonly admitted: true;
  readonly key: ApiKey<RegisteredGrant>;
  readonly headers: Fields;
}

/** The request ends here, with this response. */
export interface Refused {
  readonly admitted: false;
  readonly status: Problem["status"];
  readonly headers: Fields;
  readonly body: string;
}

export type Outcome = Admitted | Refused;

/**
 * A refusal with a problem's status and body. No cache keeps it: the next request may be answered otherwise.
 *
 * @param further extension members of the body, in ASCII (RFC 9457 §3.2)
 */
export function refuse(
  name: ProblemName,
  headers: Fields = NO_FIELDS,
  further?: { readonly [member: string]: readonly string[] },
): Refused {
  const { status, members, body: plain } = PROBLEMS[name];
  const body = further === undefined ? plain : JSON.stringify({ ...members, ...further });
  const fixed = {
    "Content-Type": "application/problem+json",
    // For HEAD too, where not every framework adds it. The bodies are ASCII.
    "Content-Length": String(body.length),
    "Cache-Control": "no-store",
  };
  return Object.freeze({ admitted: false, status, headers: Object.freeze({ ...fixed, ...headers }), body });
}
