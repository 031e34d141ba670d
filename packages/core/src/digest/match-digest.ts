import { equalConstantTime } from "./constant-time.js";
import type { DigestScheme, PepperRing } from "./pepper-ring.js";
import { hasFormOfDigest, isStoredDigest, type StoredDigest } from "./stored-digest.js";

/** What a store holds of a key's secrets; undefined where there is no key, or no such secret. */
export interface DigestCandidates {
  readonly current: StoredDigest | undefined;
  readonly previous: StoredDigest | undefined;
  /** A match of the current one settles it. To be said only where that admits: whoever is refused must cost the same. */
  readonly currentSettles?: boolean;
}

export type SecretMatch = Matched | Unmatched;

export interface Matched {
  /** Whose secret the token holds; the current one's where both match. */
  readonly matched: "current" | "previous";
  /** It matched under another pepper than the one that signs, or under none: the digest is to be made anew. */
  readonly stale: boolean;
}

export interface Unmatched {
  readonly matched: null;
  /** A candidate is no well-formed digest. It never matches. */
  readonly corrupt: boolean;
  /**
   * A candidate was made under a pepper that is not in the ring. It never matches, and is not tried as plain SHA-256.
   */
  readonly pepperMissing: boolean;
}

/** A candidate, or what is compared in its place so that an unknown key costs what a known one does. */
interface Slot {
  readonly isCandidate: boolean;
  readonly scheme: DigestScheme;
  readonly hex: string;
}

const DUMMY_HEX = "0".repeat(64);

/**
 * Which of a key's secrets a token holds, if any. A candidate of any other form never matches, and nothing is thrown for it.
 *
 * How many digests it makes and how many it compares depends on the ring only, never on the candidates: two compares, the
 * plain digest, and besides that none without peppers, one under one pepper (a candidate is under that one, or plain), else
 * two. Except where a match of the current secret settles it.
 *
 * @param token hashed as it is: nothing is trimmed, folded or normalised
 */
export function matchSecret(ring: PepperRing, token: string, candidates: DigestCandidates): SecretMatch {
  const current = readSlot(ring, candidates.current);
  const underCurrent = current.scheme.digest(token);
  const isCurrent = equalConstantTime(underCurrent, current.hex) && current.isCandidate;
  const byCurrent: Matched = { matched: "current", stale: current.scheme !== ring.signing };
  if (isCurrent && candidates.currentSettles === true) return byCurrent;

  const previous = readSlot(ring, candidates.previous);
  const underPrevious = previous.scheme === current.scheme ? underCurrent : previous.scheme.digest(token);
  const isPrevious = equalConstantTime(underPrevious, previous.hex) && previous.isCandidate;
  makeTheRest(ring, token, new Set([current.scheme, previous.scheme]));
  if (isCurrent) return byCurrent;
  return isPrevious ? { matched: "previous", stale: previous.scheme !== ring.signing } : unmatched(ring, candidates);
}

/** Digests that nothing is compared with, up to the number of the ring's: at most two slots are under a pepper. */
function makeTheRest(ring: PepperRing, token: string, made: Set<DigestScheme>): void {
  if (!made.delete(ring.plain)) ring.plain.digest(token);
  for (let more = made.size; more < Math.min(ring.size, 2); more += 1) ring.signing.digest(token);
}

function readSlot(ring: PepperRing, candidate: StoredDigest | undefined): Slot {
  const scheme = hasFormOfDigest(candidate) && ring.schemeOf(candidate);
  return candidate && scheme
    ? { isCandidate: true, scheme, hex: candidate.hex }
    : { isCandidate: false, scheme: ring.signing, hex: DUMMY_HEX };
}

function unmatched(ring: PepperRing, { current, previous }: DigestCandidates): Unmatched {
  const given = [current, previous].filter((candidate) => candidate !== undefined);
  const sound = given.filter(isStoredDigest);
  return {
    matched: null,
    corrupt: sound.length < given.length,
    pepperMissing: sound.some((candidate) => ring.schemeOf(candidate) === undefined),
  };
}
