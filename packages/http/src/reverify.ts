import { permits, type Verdict, type VerifyRequest } from "claviger";
import type { Attachment } from "./attached.js";

/**
 * The verdict on a request that was admitted before and is looked at once more: the resources and scopes that are asked
 * for in addition are checked, in the order of `verify`, and nothing is charged again. Where the client is and what the
 * request costs was settled the first time.
 */
export function reverify({ keyring, verdict }: Attachment, { scopes = [], resources }: VerifyRequest): Verdict {
  const { key } = verdict;
  if (typeof resources === "object" && !permits(key, { resources })) {
    return { ok: false, code: "restricted", keyId: key.id };
  }
  const missingScopes = keyring.scopes.missing(key.scopes, scopes);
  return missingScopes.length === 0 ? verdict : { ok: false, code: "insufficient_scope", keyId: key.id, missingScopes };
}
