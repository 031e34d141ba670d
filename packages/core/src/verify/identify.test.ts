import { describe, expect, it } from "vitest";
import { aKey, KEYS_BY_STATUS, NOW } from "../../test/a-key.js";
import { createPepperRing, type PepperRing } from "../digest/pepper-ring.js";
import type { StoredDigest } from "../digest/stored-digest.js";
import type { RotationRecord, StoredKey, UsedKeyRecord } from "../key/key-record.js";
import { formatToken } from "../token/token.js";
import { type Identity, identify, type KnownIdentity, stillMatches } from "./identify.js";
import { ReadyKey } from "./ready-key.js";

const TOKEN = formatToken("acme", "Ab3dEfGh1jKlMn0p", "S".repeat(32));
const FORMER = formatToken("acme", "Ab3dEfGh1jKlMn0p", "F".repeat(32));
const WRONG = formatToken("acme", "Ab3dEfGh1jKlMn0p", "W".repeat(32));

const pepper = (id: string): { id: string; secret: Uint8Array } => ({
  id,
  secret: new TextEncoder().encode(`${id} `.repeat(16)),
});
const peppers = createPepperRing([pepper("new"), pepper("old")]);
const older = createPepperRing([pepper("old")]);
const plain = createPepperRing();

interface Case {
  readonly token?: string;
  readonly ring?: PepperRing;
  readonly nowMs?: number;
}

function identifyBy(key: StoredKey | undefined, { token = TOKEN, ring = peppers, nowMs = NOW }: Case = {}): Identity {
  const ready = key === undefined || key.state === "destroyed" ? undefined : new ReadyKey(key);
  return identify(ready, token, ring, nowMs);
}

function keyOf(token: string, differing: Partial<UsedKeyRecord> = {}, ring = peppers): UsedKeyRecord {
  return aKey({ digest: ring.sign(token), ...differing });
}

function rotationOf(previous: StoredDigest, previousEndsAt: number = NOW + 9): RotationRecord {
  return { previous, previousSecretVersion: 1, startedAt: NOW, previousEndsAt, previousExpiresAt: null };
}

const UNKNOWN = { known: false };
const broken = [
  null,
  "",
  {},
  { alg: "sha256", hex: "" },
  { alg: "sha256", hex: "zz".repeat(32) },
  { alg: "sha256", hex: "a".repeat(62) },
  { alg: "md5", hex: "a".repeat(64) },
];

describe("who presents the secret", () => {
  it("is known, with nothing to make anew", () => {
    const key = keyOf(TOKEN);
    expect(identifyBy(key)).toEqual({ known: true, stale: false, matched: "current" });
  });

  it("of before a rotation is known until its end", () => {
    const key = keyOf(TOKEN, { rotation: rotationOf(peppers.sign(FORMER)) });
    expect(identifyBy(key, { token: FORMER, nowMs: NOW + 8 })).toMatchObject({ known: true, matched: "previous" });
    expect(identifyBy(key, { token: FORMER, nowMs: NOW + 9 })).toEqual(UNKNOWN);
  });

  it("is told to make the digest anew where another pepper than the signing one matched, or none", () => {
    expect(identifyBy(keyOf(TOKEN, {}, older))).toMatchObject({ known: true, stale: true });
    expect(identifyBy(keyOf(TOKEN, {}, plain))).toMatchObject({ known: true, stale: true });
  });

  it.each(Object.entries(KEYS_BY_STATUS))(
    "of a key that is %s is known: what that means is decided later",
    (_, keys) => {
      for (const key of keys) {
        expect(identifyBy({ ...key, digest: peppers.sign(TOKEN) })).toMatchObject({ known: true, matched: "current" });
      }
    },
  );
});

describe("a secret that matched a while ago", () => {
  const key = keyOf(TOKEN, { rotation: rotationOf(peppers.sign(FORMER)) });
  const known = (matched: KnownIdentity["matched"]): KnownIdentity => ({ known: true, matched, stale: false });

  it("still matches until it ends: the former one with the overlap, the current one with nothing", () => {
    expect(stillMatches(new ReadyKey(key), known("previous"), NOW + 8)).toBe(true);
    expect(stillMatches(new ReadyKey(key), known("previous"), NOW + 9)).toBe(false);
    expect(stillMatches(new ReadyKey(key), known("current"), NOW + 9)).toBe(true);
  });
});

describe("who presents no secret of the key is nobody", () => {
  const tombstone = {
    state: "destroyed",
    id: "Ab3dEfGh1jKlMn0p",
    tenant: "t_1",
    createdAt: 1,
    updatedAt: 2,
    version: 3,
    head: null,
  } as const;

  it.each([
    ["there is no key", undefined],
    ["it was deleted", tombstone],
    ...Object.entries(KEYS_BY_STATUS).flatMap(([status, keys]) =>
      keys.map((key) => [`it is ${status}`, { ...key, digest: peppers.sign(TOKEN) }] as const),
    ),
  ] as const)("%s: unknown", (_, key) => {
    expect(identifyBy(key, { token: WRONG })).toEqual(UNKNOWN);
  });
});

describe("what is stored wrongly", () => {
  it.each(broken)("a digest %j never matches, and is observed", (digest) => {
    const key = aKey({ digest: digest as StoredDigest });
    expect(identifyBy(key)).toEqual({ ...UNKNOWN, observation: "corrupt_key" });
    expect(identifyBy(key, { ring: plain })).toEqual({ ...UNKNOWN, observation: "corrupt_key" });
  });

  it("two empty digests are not equal", () => {
    const hex = "";
    const rotation = rotationOf({ alg: "sha256", hex });
    expect(identifyBy(aKey({ digest: { alg: "sha256", hex }, rotation }))).toMatchObject(UNKNOWN);
  });

  it("a state that there is not is no key, and is observed", () => {
    for (const state of ["enabled", "", "Active", null, undefined, "constructor"]) {
      expect(identifyBy(keyOf(TOKEN, { state: state as "active" }))).toEqual({
        ...UNKNOWN,
        observation: "corrupt_key",
      });
    }
  });

  it("an end of the former secret that is no date fails closed", () => {
    const key = keyOf(TOKEN, { rotation: rotationOf(peppers.sign(FORMER), Number.NaN) });
    expect(identifyBy(key, { token: FORMER })).toEqual(UNKNOWN);
  });

  it("a digest under a pepper that is gone never matches, is never tried as plain SHA-256, and is observed", () => {
    const key = keyOf(TOKEN, {}, older);
    expect(identifyBy(key, { ring: createPepperRing([pepper("new")]) })).toEqual({
      ...UNKNOWN,
      observation: "pepper_missing",
    });
    expect(identifyBy(key, { ring: plain })).toEqual({ ...UNKNOWN, observation: "pepper_missing" });
  });

  it("a former secret that is corrupt does not keep the current one from matching", () => {
    const rotation = rotationOf({ alg: "sha256", hex: "zz" });
    expect(identifyBy(keyOf(TOKEN, { rotation }))).toMatchObject({ known: true });
  });
});

describe("promise 9: the same work for everyone who is refused", () => {
  function counting(ring: PepperRing): { ring: PepperRing; digests: () => number } {
    let made = 0;
    const count = (scheme: PepperRing["signing"]): PepperRing["signing"] => ({
      pepperId: scheme.pepperId,
      digest: (token) => {
        made += 1;
        return scheme.digest(token);
      },
    });
    const known = new Map(
      [ring.signing, older.signing, plain.signing].map((scheme) => [scheme.pepperId, count(scheme)]),
    );
    const signing = known.get(ring.signing.pepperId) ?? ring.signing;
    const counted = known.get(null) ?? ring.plain;
    const schemeOf: PepperRing["schemeOf"] = (stored) => known.get(ring.schemeOf(stored)?.pepperId ?? null);
    return { ring: { ...ring, plain: counted, signing, schemeOf }, digests: () => made };
  }

  const rotation = rotationOf(older.sign(FORMER));
  const entries: readonly (StoredKey | undefined)[] = [
    undefined,
    { state: "destroyed", id: "x", tenant: "t", createdAt: 1, updatedAt: 2, version: 3, head: null },
    keyOf(WRONG),
    keyOf(TOKEN, {}, older),
    keyOf(TOKEN, { rotation }),
    ...Object.values(KEYS_BY_STATUS)
      .flat()
      .map((key) => ({ ...key, digest: peppers.sign(TOKEN) })),
    ...broken.map((digest) => aKey({ digest: digest as StoredDigest })),
  ];

  it.each([
    ["two peppers", peppers, 3],
    ["one", createPepperRing([pepper("new")]), 2],
    ["none", plain, 1],
  ])("with %s: as many digests for unknown, wrong, deleted, corrupt and every status", (_, ring, expected) => {
    for (const key of entries) {
      const counted = counting(ring);
      identifyBy(key, { ring: counted.ring });
      expect(counted.digests()).toBe(expected);
    }
  });

  it("who is admitted by the current secret of a key in use costs one digest, and is told the same", () => {
    for (const key of entries) {
      const ready = key === undefined || key.state === "destroyed" ? undefined : new ReadyKey(key);
      const counted = counting(peppers);
      const identity = identify(ready, TOKEN, counted.ring, NOW, true);
      expect(identity).toEqual(identifyBy(key));
      const byCurrent = identity.known && identity.matched === "current";
      expect(counted.digests()).toBe(byCurrent ? 1 : 3);
    }
  });
});
