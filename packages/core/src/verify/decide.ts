import { statusAt } from "../lifecycle/status.js";
import { resourcesPermitted } from "../restriction/permits.js";
import type { ScopeCatalogue } from "../scope/catalogue.js";
import type { Gates } from "./gates.js";
import type { CheckedRequest } from "./read-verify-request.js";
import { ipRuleOf, type ReadyKey } from "./ready-key.js";
import type { Denied } from "./verdict.js";

/**
 * Whether a key whose secret was presented may do what a request asks, now: everything but its limits, which only the
 * store can charge. In the order of precedence: tenant and owner, status, restrictions, scopes.
 *
 * @returns undefined: it may
 */
export function decide(
  ready: ReadyKey,
  gates: Gates,
  catalogue: ScopeCatalogue<string>,
  request: CheckedRequest,
  nowMs: number,
): Denied | undefined {
  const key = ready.record;
  const keyId = key.id;
  if (!gates.tenantEnabled) return { ok: false, code: "tenant_disabled", keyId };
  if (gates.ownerSuspended) return { ok: false, code: "owner_suspended", keyId };
  const status = statusAt(key, nowMs);
  if (status !== "active") return { ok: false, code: status, keyId };
  if (isRestricted(ready, request)) return { ok: false, code: "restricted", keyId };
  const missingScopes = catalogue.missing(key.scopes, request.scopes);
  if (missingScopes.length > 0) return { ok: false, code: "insufficient_scope", keyId, missingScopes };
  return undefined;
}

function isRestricted(ready: ReadyKey, request: CheckedRequest): boolean {
  const { tenant, restrictions } = ready.record;
  if (request.tenant !== undefined && request.tenant !== tenant) return true;
  return !ipRuleOf(ready)(request.ip) || !resourcesPermitted(restrictions, request.resources);
}
