import { matchSecret, type SecretMatch } from "../digest/match-digest.js";
import type { PepperRing } from "../digest/pepper-ring.js";
import type { ObservationType } from "../event/key-event.js";
import type { StoredKey, UsedKeyRecord } from "../key/key-record.js";
import { isKeyState } from "../key/key-state.js";
import { liveRotation } from "../lifecycle/rotation.js";

/** What a client presented, and the peppers under which secrets are digested. */
export interface Presented {
  /** A well-formed token, whose id named the key. */
  readonly token: string;
  readonly peppers: PepperRing;
}

/** The key whose secret a token holds. */
export interface KnownIdentity {
  readonly known: true;
  readonly key: UsedKeyRecord;
  readonly matched: "current" | "previous";
  /** It matched under another than the signing pepper: its digest is to be made anew. */
  readonly stale: boolean;
}

/** Whose secret a token holds, if anyone's. */
export type Identity =
  | KnownIdentity
  | {
      readonly known: false;
      /** Something is wrong with the key as it is stored; worth an event. */
      readonly observation?: ObservationType;
    };

/**
 * Whether a token is a key's, now. Only who has shown this may learn anything about the key, its tenant or its owner, so
 * it comes before all else, with the same number of digests and compares whether there is a key or not.
 */
export function identify(key: StoredKey | undefined, { token, peppers }: Presented, nowMs: number): Identity {
  const record = key === undefined || !isKeyState(key.state) || key.state === "destroyed" ? undefined : key;
  const match = matchSecret(peppers, token, {
    current: record?.digest,
    previous: record === undefined ? undefined : liveRotation(record, nowMs)?.previous,
  });
  if (record === undefined || match.matched === null) return unmatched(key, match);
  return { known: true, key: record, matched: match.matched, stale: match.stale };
}

/** Whether the secret that matched is still one of the key's: the former one may have ended since. */
export function stillMatches({ key, matched }: KnownIdentity, nowMs: number): boolean {
  return matched === "current" || liveRotation(key, nowMs) !== null;
}

function unmatched(key: StoredKey | undefined, match: SecretMatch): Identity {
  if (match.corrupt || (key !== undefined && !isKeyState(key.state)))
    return { known: false, observation: "corrupt_key" };
  if (match.pepperMissing) return { known: false, observation: "pepper_missing" };
  return { known: false };
}
