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
const MAX_PEPPERED = 2;

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
  if (isCurrent && candidates.currentSettles === true) return matchedBy("current", ring, current);

  const previous = readSlot(ring, candidates.previous);
  const isAlike = previous.scheme === current.scheme;
  const underPrevious = isAlike ? underCurrent : previous.scheme.digest(token);
  const isPrevious = equalConstantTime(underPrevious, previous.hex) && previous.isCandidate;
  makeTheRest(ring, token, isAlike ? [current.scheme] : [current.scheme, previous.scheme]);
  if (isCurrent) return matchedBy("current", ring, current);
  return isPrevious ? matchedBy("previous", ring, previous) : unmatched(ring, candidates);
}

/** Digests of which nothing is made, up to the number of the ring's. */
function makeTheRest(ring: PepperRing, token: string, made: readonly DigestScheme[]): void {
  const peppered = made.filter((scheme) => scheme !== ring.plain).length;
  if (peppered === made.length) ring.plain.digest(token);
  for (let more = peppered; more < Math.min(ring.size, MAX_PEPPERED); more += 1) ring.signing.digest(token);
}

function readSlot(ring: PepperRing, candidate: StoredDigest | undefined): Slot {
  const scheme = hasFormOfDigest(candidate) ? ring.schemeOf(candidate) : undefined;
  if (candidate === undefined || scheme === undefined)
    return { isCandidate: false, scheme: ring.signing, hex: DUMMY_HEX };
  return { isCandidate: true, scheme, hex: candidate.hex };
}

function matchedBy(matched: Matched["matched"], ring: PepperRing, { scheme }: Slot): Matched {
  return { matched, stale: scheme !== ring.signing };
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
