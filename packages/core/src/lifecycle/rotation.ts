import type { StoredDigest } from "../digest/stored-digest.js";
import { ClavigerError } from "../errors.js";
import type { KeyEntry, KeyRecord, RotationRecord } from "../key/key-record.js";
import { changeable } from "./change-state.js";
import { checkTimes } from "./expiry.js";
import { illegalTransition, notFound } from "./refusals.js";
import { statusAt } from "./status.js";
import { NOTHING, type Step } from "./step.js";

/** A rotation as asked for. */
export interface RotationPlan {
  /** Of the new token. */
  readonly digest: StoredDigest;
  /** 0: every other secret ends now. */
  readonly overlapMs: number;
  /** The key's new expiry, epoch ms or null for never; undefined: as it was. */
  readonly expiresAt: number | null | undefined;
}

/** The rotation under way: the former secret still verifies. */
export function liveRotation(key: KeyRecord, nowMs: number): RotationRecord | null {
  return key.rotation !== null && nowMs < key.rotation.previousEndsAt ? key.rotation : null;
}

/**
 * Gives the key a second secret. The former one ends at now + overlap or the key's former expiry, whichever is first.
 *
 * @throws ClavigerError `conflict` while two secrets live and the overlap is not 0: a reply that was lost must not cost
 *   the client its only secret. `random_unusable` for a secret that it has or had before. `illegal_transition`, `not_found`,
 *   `invalid_input`
 */
export function startRotation(stored: KeyEntry, plan: RotationPlan, nowMs: number): Step {
  const key = changeable(stored, "rotate", nowMs);
  if (liveRotation(key, nowMs) !== null && plan.overlapMs > 0) throw alreadyRotating(key);
  if ([key.digest, key.rotation?.previous].some((known) => known?.hex === plan.digest.hex)) throw repeatedSecret(key);
  const expiresAt = plan.expiresAt === undefined ? key.expiresAt : plan.expiresAt;
  checkTimes({ notBefore: key.notBefore, expiresAt }, nowMs);
  const rotation = plan.overlapMs === 0 ? null : rotationOf(key, plan.overlapMs, nowMs);
  const next = changed(key, nowMs);
  return {
    kind: "write",
    next: { ...next, secretVersion: next.version, digest: plan.digest, expiresAt, rotation },
    type: "key.rotated",
    data: { previousEndsAt: rotation?.previousEndsAt ?? nowMs, expiresAt },
  };
}

/** Ends the former secret now. Nothing happens where only one lives. */
export function finishRotation(stored: KeyEntry, nowMs: number): Step {
  const key = existing(stored);
  if (liveRotation(key, nowMs) === null) return NOTHING;
  const next = changed(changeable(key, "finish the rotation of", nowMs), nowMs);
  return { kind: "write", next: { ...next, rotation: null }, type: "key.rotation_finished", data: {} };
}

/**
 * Ends the new secret now and keeps the former one, with the expiry that it had.
 *
 * @throws ClavigerError `illegal_transition` also where only one secret lives: it would take the only one
 */
export function cancelRotation(stored: KeyEntry, nowMs: number): Step {
  const key = existing(stored);
  const rotation = liveRotation(key, nowMs);
  if (rotation === null) throw noRotation(key, nowMs);
  const next = changed(changeable(key, "cancel the rotation of", nowMs), nowMs);
  const expiresAt = rotation.previousExpiresAt;
  return {
    kind: "write",
    next: {
      ...next,
      secretVersion: rotation.previousSecretVersion,
      digest: rotation.previous,
      expiresAt,
      rotation: null,
    },
    type: "key.rotation_cancelled",
    data: { expiresAt },
  };
}

function rotationOf(key: KeyRecord, overlapMs: number, nowMs: number): RotationRecord {
  const previousEndsAt = Math.min(nowMs + overlapMs, key.expiresAt ?? Number.POSITIVE_INFINITY);
  return {
    previous: key.digest,
    previousSecretVersion: key.secretVersion,
    startedAt: nowMs,
    previousEndsAt,
    previousExpiresAt: key.expiresAt,
  };
}

function changed(key: KeyRecord, nowMs: number): KeyRecord {
  return { ...key, updatedAt: nowMs, version: key.version + 1 };
}

function existing(key: KeyEntry): KeyRecord {
  if (key.state === "destroyed") throw notFound(key.id);
  return key;
}

function alreadyRotating(key: KeyRecord): ClavigerError {
  const message = `key ${key.id} has two live secrets already: finish or cancel that rotation first, or rotate with overlap 0`;
  return new ClavigerError("conflict", message, { keyId: key.id, version: key.version });
}

function repeatedSecret(key: KeyRecord): ClavigerError {
  const message = `the secret drawn for key ${key.id} is one that it has or had: the source of randomness repeats itself`;
  return new ClavigerError("random_unusable", message, { keyId: key.id });
}

function noRotation(key: KeyRecord, nowMs: number): ClavigerError {
  const status = statusAt(key, nowMs);
  if (status !== "active" && status !== "pending" && status !== "disabled") {
    return illegalTransition(key.id, status, "cancel the rotation of");
  }
  const message = `key ${key.id} has one live secret: there is no rotation to cancel`;
  return new ClavigerError("illegal_transition", message, { keyId: key.id, status });
}
