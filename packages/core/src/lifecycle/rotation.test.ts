import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { aKey, DAY_MS, KEYS_BY_STATUS, NOW } from "../../test/a-key.js";
import { refusalOf } from "../../test/refusal.js";
import type { StoredDigest } from "../digest/stored-digest.js";
import type { KeyEntry, KeyRecord, UsedKeyRecord } from "../key/key-record.js";
import { cancelRotation, finishRotation, liveRotation, startRotation } from "./rotation.js";
import { statusAt } from "./status.js";
import type { Step } from "./step.js";

const NEW: StoredDigest = { alg: "sha256", hex: "b".repeat(64) };
const NEWER: StoredDigest = { alg: "sha256", hex: "c".repeat(64) };

const overlapMs = fc.integer({ min: 1, max: 30 * DAY_MS });
const expiresAt = fc.option(fc.integer({ min: NOW + 1, max: NOW + 400 * DAY_MS }));
const changeableKey = fc
  .record({ state: fc.constantFrom("active" as const, "disabled" as const), expiresAt })
  .map(aKey);

function written(step: Step): KeyRecord {
  if (step.kind !== "write" || step.next.state === "destroyed") throw new Error("no key was written");
  return step.next;
}

const codeOf = (act: () => unknown): string => refusalOf(act).code;

/** The digests under which a token verifies at a time. */
function liveSecrets(key: KeyRecord, nowMs: number): readonly StoredDigest[] {
  const rotation = liveRotation(key, nowMs);
  return rotation === null ? [key.digest] : [key.digest, rotation.previous];
}

function rotated(key: KeyEntry, overlap = DAY_MS): KeyRecord {
  return written(startRotation(key, { digest: NEW, overlapMs: overlap, expiresAt: undefined }, NOW));
}

describe("startRotation", () => {
  it("ends the former secret at min(now + overlap, the key's former expiry), to the millisecond", () => {
    fc.assert(
      fc.property(changeableKey, overlapMs, fc.option(expiresAt, { nil: undefined }), (key, overlap, newExpiresAt) => {
        const plan = { digest: NEW, overlapMs: overlap, expiresAt: newExpiresAt };
        const next = written(startRotation(key, plan, NOW));
        const end = Math.min(NOW + overlap, key.expiresAt ?? Number.POSITIVE_INFINITY);
        expect(liveSecrets(next, NOW)).toEqual([NEW, key.digest]);
        expect(liveSecrets(next, end - 1)).toEqual([NEW, key.digest]);
        expect(liveSecrets(next, end)).toEqual([NEW]);
      }),
    );
  });

  it("refuses the secret that the key has: a source that repeats itself must not pass for a rotation", () => {
    const plan = { digest: aKey().digest, overlapMs: 0, expiresAt: undefined };
    const { code, keyId, message } = refusalOf(() => startRotation(aKey(), plan, NOW));
    expect([code, keyId]).toEqual(["random_unusable", aKey().id]);
    expect(message).toContain("the source of randomness repeats itself");
  });

  it("writes an event that says when the former secret ends and when the key does", () => {
    const plan = { digest: NEW, overlapMs: DAY_MS, expiresAt: null };
    expect(startRotation(aKey(), plan, NOW)).toMatchObject({
      type: "key.rotated",
      data: { previousEndsAt: NOW + DAY_MS, expiresAt: null },
    });
    expect(startRotation(aKey(), { ...plan, overlapMs: 0, expiresAt: NOW + 5 }, NOW)).toMatchObject({
      data: { previousEndsAt: NOW, expiresAt: NOW + 5 },
    });
  });

  it("changes the digest, the rotation, the expiry if one is given, time and version, and nothing else", () => {
    fc.assert(
      fc.property(changeableKey, overlapMs, fc.option(expiresAt, { nil: undefined }), (key, overlap, newExpiresAt) => {
        const next = written(startRotation(key, { digest: NEW, overlapMs: overlap, expiresAt: newExpiresAt }, NOW));
        expect({ ...next, rotation: null }).toEqual({
          ...key,
          digest: NEW,
          expiresAt: newExpiresAt === undefined ? key.expiresAt : newExpiresAt,
          updatedAt: NOW,
          version: key.version + 1,
          secretVersion: key.version + 1,
        });
      }),
    );
  });

  it("names each secret by the version with which it came in, so that none is ever taken for another", () => {
    const key = aKey({ version: 7, secretVersion: 4 });
    const first = rotated(key);
    expect([first.secretVersion, first.rotation?.previousSecretVersion]).toEqual([8, 4]);
    const cancelled = written(cancelRotation(first, NOW));
    expect(cancelled.secretVersion).toBe(4);
    const second = written(startRotation(cancelled, { digest: NEWER, overlapMs: 0, expiresAt: undefined }, NOW));
    expect(second.secretVersion).toBe(10);
    expect(written(finishRotation(first, NOW)).secretVersion).toBe(8);
  });

  it("leaves a disabled key disabled", () => {
    expect(statusAt(rotated(aKey({ state: "disabled" })), NOW)).toBe("disabled");
  });

  it("KF-7 with overlap 0 ends every other secret now, also both of a rotation under way", () => {
    const plan = { digest: NEWER, overlapMs: 0, expiresAt: undefined };
    for (const key of [aKey(), rotated(aKey())]) {
      const next = written(startRotation(key, plan, NOW));
      expect(liveSecrets(next, NOW)).toEqual([NEWER]);
      expect(next.rotation).toBeNull();
    }
  });

  it("is a conflict while two secrets live, so that there are never three", () => {
    fc.assert(
      fc.property(changeableKey, overlapMs, overlapMs, (key, first, second) => {
        const next = rotated(key, first);
        const again = (nowMs: number): Step =>
          startRotation(next, { digest: NEWER, overlapMs: second, expiresAt: undefined }, nowMs);
        const end = Math.min(NOW + first, key.expiresAt ?? Number.POSITIVE_INFINITY);
        expect(codeOf(() => again(end - 1))).toBe("conflict");
        if (end !== key.expiresAt) expect(liveSecrets(written(again(end)), end)).toEqual([NEWER, NEW]);
      }),
    );
    const key = rotated(aKey());
    const refusal = refusalOf(() => startRotation(key, { digest: NEWER, overlapMs: 1, expiresAt: undefined }, NOW));
    expect(refusal).toMatchObject({ code: "conflict", keyId: key.id, version: key.version });
    expect(refusal.message).toContain("finish or cancel that rotation first, or rotate with overlap 0");
  });

  it("refuses a secret that the key has, or had before: it would bring that one back", () => {
    const again = (key: KeyEntry, digest: StoredDigest, overlapMs: number): Step =>
      startRotation(key, { digest, overlapMs, expiresAt: undefined }, NOW + 1);
    expect(codeOf(() => again(aKey(), aKey().digest, DAY_MS))).toBe("random_unusable");
    for (const overlapMs of [0, DAY_MS]) {
      expect(codeOf(() => again(rotated(aKey(), 1), NEW, overlapMs))).toBe("random_unusable");
      expect(codeOf(() => again(rotated(aKey(), 1), aKey().digest, overlapMs))).toBe("random_unusable");
    }
  });

  it("refuses an expiry at or before now, or at or before notBefore", () => {
    const key = aKey({ notBefore: NOW + 10 });
    const rotate = (end: number): Step => startRotation(key, { digest: NEW, overlapMs: 1, expiresAt: end }, NOW);
    expect(codeOf(() => rotate(NOW))).toBe("invalid_input");
    expect(codeOf(() => rotate(NOW + 10))).toBe("invalid_input");
    expect(written(rotate(NOW + 11)).expiresAt).toBe(NOW + 11);
  });
});

describe("finishRotation", () => {
  it("ends the former secret now", () => {
    const step = finishRotation(rotated(aKey()), NOW + 5);
    expect(step).toMatchObject({ type: "key.rotation_finished", data: {} });
    const next = written(step);
    expect(liveSecrets(next, NOW + 5)).toEqual([NEW]);
    expect(next).toMatchObject({ updatedAt: NOW + 5, version: aKey().version + 2 });
  });

  it("does nothing where one secret lives, whatever the status", () => {
    for (const key of Object.values(KEYS_BY_STATUS).flat())
      expect(finishRotation(key, NOW)).toEqual({ kind: "nothing" });
    expect(finishRotation(rotated(aKey(), 7), NOW + 7)).toEqual({ kind: "nothing" });
  });
});

describe("cancelRotation", () => {
  it("keeps the former secret alone, with the expiry that it had", () => {
    fc.assert(
      fc.property(changeableKey, overlapMs, expiresAt, (key, overlap, newExpiresAt) => {
        const next = written(startRotation(key, { digest: NEW, overlapMs: overlap, expiresAt: newExpiresAt }, NOW));
        const step = cancelRotation(next, NOW);
        expect(written(step)).toEqual({ ...key, updatedAt: NOW, version: key.version + 2 });
        expect(step).toMatchObject({ type: "key.rotation_cancelled", data: { expiresAt: key.expiresAt } });
      }),
    );
  });

  it("is illegal where one secret lives, whatever the status: it would take the only one", () => {
    for (const [status, keys] of Object.entries(KEYS_BY_STATUS)) {
      for (const key of keys) {
        const refusal = refusalOf(() => cancelRotation(key, NOW));
        expect(refusal).toMatchObject({ code: "illegal_transition", keyId: key.id, status });
        expect(refusal.message).toBe(
          ["active", "pending", "disabled"].includes(status)
            ? `key ${key.id} has one live secret: there is no rotation to cancel`
            : `cannot cancel the rotation of key ${key.id}: it is ${status}`,
        );
      }
    }
    expect(codeOf(() => cancelRotation(rotated(aKey(), 7), NOW + 7))).toBe("illegal_transition");
  });
});

describe("finishing and cancelling follow the table while two secrets live", () => {
  it.each(["revoked", "compromised"] as const)("both are illegal on a %s key", (state) => {
    const key = { ...rotated(aKey()), state };
    expect(refusalOf(() => finishRotation(key, NOW)).message).toBe(
      `cannot finish the rotation of key ${key.id}: it is ${state}`,
    );
    expect(refusalOf(() => cancelRotation(key, NOW)).message).toBe(
      `cannot cancel the rotation of key ${key.id}: it is ${state}`,
    );
    const plan = { digest: NEWER, overlapMs: 0, expiresAt: undefined };
    expect(refusalOf(() => startRotation(key, plan, NOW)).message).toBe(`cannot rotate key ${key.id}: it is ${state}`);
  });

  it("both are illegal on an expired key whose former secret a store made outlive it", () => {
    const next = rotated(aKey());
    const key = { ...next, expiresAt: NOW };
    expect(codeOf(() => finishRotation(key, NOW))).toBe("illegal_transition");
    expect(codeOf(() => cancelRotation(key, NOW))).toBe("illegal_transition");
  });

  it("both keep a disabled key disabled", () => {
    const key = rotated(aKey({ state: "disabled" }));
    expect(written(finishRotation(key, NOW)).state).toBe("disabled");
    expect(written(cancelRotation(key, NOW)).state).toBe("disabled");
  });

  it("none of the three finds a deleted key", () => {
    const tombstone = {
      state: "destroyed",
      id: "x",
      tenant: "t",
      createdAt: 1,
      updatedAt: 2,
      version: 3,
      head: null,
    } as const;
    expect(codeOf(() => rotated(tombstone))).toBe("not_found");
    expect(codeOf(() => finishRotation(tombstone, NOW))).toBe("not_found");
    expect(codeOf(() => cancelRotation(tombstone, NOW))).toBe("not_found");
  });
});

describe("liveRotation", () => {
  it("fails closed on a stored end that is no number", () => {
    const rotation = {
      previous: NEW,
      previousSecretVersion: 1,
      startedAt: NOW,
      previousEndsAt: Number.NaN,
      previousExpiresAt: null,
    };
    const key: UsedKeyRecord = aKey({ rotation });
    expect(liveRotation(key, NOW)).toBeNull();
  });
});
