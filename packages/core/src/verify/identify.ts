import { type DigestCandidates, matchSecret, type Unmatched } from "../digest/match-digest.js";
import type { PepperRing } from "../digest/pepper-ring.js";
import type { ObservationType } from "../event/key-event.js";
import type { UsedKeyRecord } from "../key/key-record.js";
import { isKeyState } from "../key/key-state.js";
import { liveRotation } from "../lifecycle/rotation.js";
import type { ReadyKey } from "./ready-key.js";

/** The token holds a secret of the key. */
export interface KnownIdentity {
  readonly known: true;
  readonly matched: "current" | "previous";
  /** It matched under another than the signing pepper: its digest is to be made anew. */
  readonly stale: boolean;
}

/** Whether a token is the key's. */
export type Identity =
  | KnownIdentity
  | {
      readonly known: false;
      /** Something is wrong with the key as it is stored; worth an event. */
      readonly observation?: ObservationType;
    };

const UNKNOWN: Identity = Object.freeze({ known: false });

/** As nearly all are: by the current secret, under the pepper that signs. */
export const BY_CURRENT_SECRET: KnownIdentity = Object.freeze({ known: true, matched: "current", stale: false });

/**
 * Whether a token is a key's, now. Only who has shown this may learn anything about the key, its tenant or its owner, so
 * it comes before all else, with the same number of digests and compares whether there is a key or not.
 *
 * @param token well-formed; its id named the key
 * @param isInUse nothing but the request could have the key refused: then its current secret is recognised with fewer digests
 */
export function identify(
  ready: ReadyKey | undefined,
  token: string,
  peppers: PepperRing,
  nowMs: number,
  isInUse = false,
): Identity {
  const record = ready !== undefined && isKeyState(ready.record.state) ? ready.record : undefined;
  const match = matchSecret(peppers, token, candidatesOf(record, nowMs, isInUse));
  if (match.matched === null) return unmatched(match, ready?.record !== record);
  const { matched, stale } = match;
  return matched === "current" && !stale ? BY_CURRENT_SECRET : { known: true, matched, stale };
}

/** Whether the secret that matched is still one of the key's: the former one may have ended since. */
export function stillMatches({ record }: ReadyKey, { matched }: KnownIdentity, nowMs: number): boolean {
  return matched === "current" || liveRotation(record, nowMs) !== null;
}

function candidatesOf(record: UsedKeyRecord | undefined, nowMs: number, isInUse: boolean): DigestCandidates {
  return {
    current: record?.digest,
    previous: record === undefined ? undefined : liveRotation(record, nowMs)?.previous,
    currentSettles: isInUse,
  };
}

function unmatched({ corrupt, pepperMissing }: Unmatched, isOfNoState: boolean): Identity {
  if (corrupt || isOfNoState) return { known: false, observation: "corrupt_key" };
  return pepperMissing ? { known: false, observation: "pepper_missing" } : UNKNOWN;
}
