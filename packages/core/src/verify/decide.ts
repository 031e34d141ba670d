import { resourcesPermitted } from "../restriction/permits.js";
import type { ScopeCatalogue } from "../scope/catalogue.js";
import type { Gates } from "./gates.js";
import { isPermittedAgain, rememberPermission } from "./permission.js";
import type { CheckedRequest } from "./read-verify-request.js";
import { ipRuleOf, type ReadyKey, statusOf } from "./ready-key.js";
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
  if (!gates.tenantEnabled) return { ok: false, code: "tenant_disabled", keyId: ready.record.id };
  if (gates.ownerSuspended) return { ok: false, code: "owner_suspended", keyId: ready.record.id };
  const status = statusOf(ready, nowMs);
  if (status !== "active") return { ok: false, code: status, keyId: ready.record.id };
  if (isPermittedAgain(ready, catalogue, request)) return undefined;
  const denied = denialOf(ready, catalogue, request);
  if (denied === undefined) rememberPermission(ready, catalogue, request);
  return denied;
}

function denialOf(ready: ReadyKey, catalogue: ScopeCatalogue<string>, request: CheckedRequest): Denied | undefined {
  const { id: keyId, scopes } = ready.record;
  if (isRestricted(ready, request)) return { ok: false, code: "restricted", keyId };
  const missingScopes = catalogue.missing(scopes, request.scopes);
  return missingScopes.length > 0 ? { ok: false, code: "insufficient_scope", keyId, missingScopes } : undefined;
}

function isRestricted(ready: ReadyKey, request: CheckedRequest): boolean {
  const { tenant, restrictions } = ready.record;
  if (request.tenant !== undefined && request.tenant !== tenant) return true;
  return !ipRuleOf(ready)(request.ip) || !resourcesPermitted(restrictions, request.resources);
}
