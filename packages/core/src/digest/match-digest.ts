import { equalConstantTime } from "./constant-time.js";
import type { DigestScheme, PepperRing } from "./pepper-ring.js";
import { isStoredDigest, type StoredDigest } from "./stored-digest.js";

/** What a store holds of a key's secrets; undefined where there is no key, or no such secret. */
export interface DigestCandidates {
  readonly current: StoredDigest | undefined;
  readonly previous: StoredDigest | undefined;
}

export interface SecretMatch {
  /** Whose secret the token holds; the current one's where both match. */
  readonly matched: "current" | "previous" | null;
  /** It matched under another pepper than the one that signs, or under none: the digest is to be made anew. */
  readonly stale: boolean;
  /** A candidate is no well-formed digest. It never matches. */
  readonly corrupt: boolean;
  /**
   * A candidate was made under a pepper that is not in the ring. It never matches, and is not tried as plain SHA-256.
   */
  readonly pepperMissing: boolean;
}

/** A candidate, or what is compared in its place so that an unknown key costs what a known one does. */
interface Slot {
  readonly kind: "candidate" | "absent" | "corrupt" | "pepper_missing";
  readonly scheme: DigestScheme;
  readonly hex: string;
}

const DUMMY_HEX = "0".repeat(64);

/**
 * Which of a key's secrets a token holds, if any. How many digests it makes and how many it compares depends on the
 * ring only, never on the candidates: two compares, and besides the plain digest none without peppers, one under one
 * pepper (a candidate is under that one, or plain), else two. A candidate of any other form never matches, and nothing is
 * thrown for it.
 *
 * @param token hashed as it is: nothing is trimmed, folded or normalised
 */
export function matchSecret(ring: PepperRing, token: string, candidates: DigestCandidates): SecretMatch {
  const plain = ring.plain.digest(token);
  const current = readSlot(ring, candidates.current);
  const previous = readSlot(ring, candidates.previous);
  const single = ring.size === 1 ? ring.signing.digest(token) : plain;
  const underCurrent = digestFor(current, ring, token, plain, single);
  const underPrevious = digestFor(previous, ring, token, plain, single);
  const equalsCurrent = equalConstantTime(underCurrent, current.hex);
  const equalsPrevious = equalConstantTime(underPrevious, previous.hex);

  const isCurrent = equalsCurrent && current.kind === "candidate";
  const isPrevious = equalsPrevious && previous.kind === "candidate";
  const matched = isCurrent ? "current" : isPrevious ? "previous" : null;
  const scheme = isCurrent ? current.scheme : previous.scheme;
  return {
    matched,
    stale: matched !== null && scheme !== ring.signing,
    corrupt: current.kind === "corrupt" || previous.kind === "corrupt",
    pepperMissing: current.kind === "pepper_missing" || previous.kind === "pepper_missing",
  };
}

/** @param single what the slot is compared with unless it is plain, where the ring has no more than one pepper */
function digestFor({ scheme }: Slot, ring: PepperRing, token: string, plain: string, single: string): string {
  const isPlain = scheme === ring.plain;
  if (ring.size < 2) return isPlain ? plain : single;
  // Made, and made nothing of, where the slot is plain: so that each slot costs the same.
  const digest = (isPlain ? ring.signing : scheme).digest(token);
  return isPlain ? plain : digest;
}

function readSlot(ring: PepperRing, candidate: StoredDigest | undefined): Slot {
  if (candidate === undefined) return dummy(ring, "absent");
  if (!isStoredDigest(candidate)) return dummy(ring, "corrupt");
  const scheme = ring.schemeOf(candidate);
  return scheme === undefined ? dummy(ring, "pepper_missing") : { kind: "candidate", scheme, hex: candidate.hex };
}

function dummy(ring: PepperRing, kind: Exclude<Slot["kind"], "candidate">): Slot {
  return { kind, scheme: ring.signing, hex: DUMMY_HEX };
}
