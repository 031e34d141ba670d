import { type DigestCandidates, matchSecret, type SecretMatch } from "../digest/match-digest.js";
import type { PepperRing } from "../digest/pepper-ring.js";
import { equalsProof, hexOf, proofOf } from "../digest/proof.js";
import type { ObservationType } from "../event/key-event.js";
import type { UsedKeyRecord } from "../key/key-record.js";
import { isKeyState } from "../key/key-state.js";
import { liveRotation } from "../lifecycle/rotation.js";
import type { ReadyKey } from "./ready-key.js";

/** What a client presented, and the peppers under which secrets are digested. */
export interface Presented {
  /** A well-formed token, whose id named the key. */
  readonly token: string;
  readonly peppers: PepperRing;
}

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
const KNOWN_BY_PROOF: Identity = Object.freeze({ known: true, matched: "current", stale: false });

/**
 * Whether a token is a key's, now. Only who has shown this may learn anything about the key, its tenant or its owner, so
 * it comes before all else, with the same number of digests and compares whether there is a key or not.
 *
 * @param mayRecall whether a proof that the key holds counts. Only for a key that is sure to be in use: for every other,
 *   what is refused costs what an unknown id costs
 */
export function identify(
  ready: ReadyKey | undefined,
  { token, peppers }: Presented,
  nowMs: number,
  mayRecall = false,
): Identity {
  const proof = proofOf(token);
  if (equalsProof(proof, mayRecall ? ready?.proof : undefined)) return KNOWN_BY_PROOF;

  const record = ready !== undefined && isKeyState(ready.record.state) ? ready.record : undefined;
  const match = matchSecret(peppers, token, candidatesOf(record, nowMs), hexOf(proof));
  const { matched, stale } = match;
  if (ready === undefined || matched === null) return unmatched(ready, match);
  // A former secret ends, and a stale digest is to be made anew: neither is something to go by.
  if (matched === "current" && !stale) ready.proof = proof;
  return { known: true, matched, stale };
}

/** Whether the secret that matched is still one of the key's: the former one may have ended since. */
export function stillMatches({ record }: ReadyKey, { matched }: KnownIdentity, nowMs: number): boolean {
  return matched === "current" || liveRotation(record, nowMs) !== null;
}

function candidatesOf(record: UsedKeyRecord | undefined, nowMs: number): DigestCandidates {
  return {
    current: record?.digest,
    previous: record === undefined ? undefined : liveRotation(record, nowMs)?.previous,
  };
}

function unmatched(ready: ReadyKey | undefined, match: SecretMatch): Identity {
  if (match.corrupt || (ready !== undefined && !isKeyState(ready.record.state)))
    return { known: false, observation: "corrupt_key" };
  if (match.pepperMissing) return { known: false, observation: "pepper_missing" };
  return UNKNOWN;
}
