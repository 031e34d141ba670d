import { matchSecret, type SecretMatch } from "../digest/match-digest.js";
import type { PepperRing } from "../digest/pepper-ring.js";
import type { ObservationType } from "../event/key-event.js";
import type { StoredKey, UsedKeyRecord } from "../key/key-record.js";
import { isKeyState } from "../key/key-state.js";
import { liveRotation } from "../lifecycle/rotation.js";
import { statusAt } from "../lifecycle/status.js";
import { ipPermitted, resourcesPermitted } from "../restriction/permits.js";
import type { ScopeCatalogue } from "../scope/catalogue.js";
import type { CheckedRequest } from "./read-verify-request.js";
import type { Denied } from "./verdict.js";

/** What a client presented, and what it is judged by. */
export interface Presented {
  /** A well-formed token, whose id named the key. */
  readonly token: string;
  readonly peppers: PepperRing;
  readonly catalogue: ScopeCatalogue<string>;
}

/** The decision on everything but the key's limits, which only the store can charge. */
export type Decision =
  | {
      readonly admit: true;
      readonly key: UsedKeyRecord;
      /** The secret matched under another than the signing pepper: its digest is to be made anew. */
      readonly stale: boolean;
      readonly matched: "current" | "previous";
    }
  | {
      readonly admit: false;
      readonly verdict: Denied;
      /** Something is wrong with the key as it is stored; worth an event. */
      readonly observation?: ObservationType;
    };

const UNKNOWN: Denied = Object.freeze({ ok: false, code: "unknown" });

/**
 * Whether a presented token may do what a request asks, now. Only a matching secret may learn anything about a key, so
 * the secret is compared first, with the same number of digests and compares whether there is a key or not.
 */
export function decide(
  key: StoredKey | undefined,
  presented: Presented,
  request: CheckedRequest,
  nowMs: number,
): Decision {
  const record = key === undefined || !isKeyState(key.state) || key.state === "destroyed" ? undefined : key;
  const match = matchSecret(presented.peppers, presented.token, {
    current: record?.digest,
    previous: record === undefined ? undefined : liveRotation(record, nowMs)?.previous,
  });
  if (record === undefined || match.matched === null) return unmatched(key, match);
  const verdict = judge(record, presented.catalogue, request, nowMs);
  if (verdict !== undefined) return { admit: false, verdict };
  return { admit: true, key: record, stale: match.stale, matched: match.matched };
}

function unmatched(key: StoredKey | undefined, match: SecretMatch): Decision {
  if (match.corrupt || (key !== undefined && !isKeyState(key.state)))
    return { admit: false, verdict: UNKNOWN, observation: "corrupt_key" };
  if (match.pepperMissing) return { admit: false, verdict: UNKNOWN, observation: "pepper_missing" };
  return { admit: false, verdict: UNKNOWN };
}

// In the order of precedence: status, restrictions, scopes.
function judge(
  key: UsedKeyRecord,
  catalogue: ScopeCatalogue<string>,
  request: CheckedRequest,
  nowMs: number,
): Denied | undefined {
  const status = statusAt(key, nowMs);
  if (status !== "active") return { ok: false, code: status, keyId: key.id };
  if (isRestricted(key, request)) return { ok: false, code: "restricted", keyId: key.id };
  const missingScopes = catalogue.missing(key.scopes, request.scopes);
  if (missingScopes.length > 0) return { ok: false, code: "insufficient_scope", keyId: key.id, missingScopes };
  return undefined;
}

function isRestricted(key: UsedKeyRecord, request: CheckedRequest): boolean {
  if (request.tenant !== undefined && request.tenant !== key.tenant) return true;
  return !ipPermitted(key.restrictions, request.ip) || !resourcesPermitted(key.restrictions, request.resources);
}
