import { permits, type Verdict, type VerifyRequest } from "claviger";
import type { Attachment } from "./attached.js";

/**
 * The verdict on a request that was admitted before and is looked at once more: what is asked for in addition is
 * checked, in the order of `verify`, and nothing is charged again. Address and cost are those of the first time.
 */
export function reverify({ keyring, verdict, ip }: Attachment, { scopes = [], resources }: VerifyRequest): Verdict {
  const { key } = verdict;
  const named = { ...(ip !== undefined && { ip }), ...(typeof resources === "object" && { resources }) };
  if (typeof resources === "object" && !permits(key, named)) return { ok: false, code: "restricted", keyId: key.id };
  const missingScopes = keyring.scopes.missing(key.scopes, scopes);
  return missingScopes.length === 0 ? verdict : { ok: false, code: "insufficient_scope", keyId: key.id, missingScopes };
}
