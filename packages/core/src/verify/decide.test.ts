import { describe, expect, it } from "vitest";
import { aKey, DAY_MS, KEYS_BY_STATUS, NOW } from "../../test/a-key.js";
import { createPepperRing, type PepperRing } from "../digest/pepper-ring.js";
import type { StoredDigest } from "../digest/stored-digest.js";
import type { StoredKey, UsedKeyRecord } from "../key/key-record.js";
import { defineScopes } from "../scope/define-scopes.js";
import { formatToken } from "../token/token.js";
import { type Decision, decide } from "./decide.js";
import type { CheckedRequest } from "./read-verify-request.js";

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
const catalogue = defineScopes({ invoices: ["read", "write"] });

interface Case {
  readonly token?: string;
  readonly request?: Partial<CheckedRequest>;
  readonly ring?: PepperRing;
  readonly nowMs?: number;
}

function decideOn(
  key: StoredKey | undefined,
  { token = TOKEN, request = {}, ring = peppers, nowMs = NOW }: Case = {},
): Decision {
  return decide(key, { token, peppers: ring, catalogue }, { scopes: [], cost: 1, ...request }, nowMs);
}

function keyOf(token: string, differing: Partial<UsedKeyRecord> = {}, ring = peppers): UsedKeyRecord {
  return aKey({ digest: ring.sign(token), ...differing });
}

const UNKNOWN = { admit: false, verdict: { ok: false, code: "unknown" } };
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
  it("is admitted, with the key and nothing to make anew", () => {
    const key = keyOf(TOKEN);
    expect(decideOn(key)).toEqual({ admit: true, key, stale: false, matched: "current" });
  });

  it("of before a rotation is admitted until its end", () => {
    const rotation = {
      previous: peppers.sign(FORMER),
      previousSecretVersion: 1,
      startedAt: NOW,
      previousEndsAt: NOW + 9,
      previousExpiresAt: null,
    };
    const key = keyOf(TOKEN, { rotation });
    expect(decideOn(key, { token: FORMER, nowMs: NOW + 8 })).toMatchObject({ admit: true, matched: "previous" });
    expect(decideOn(key, { token: FORMER, nowMs: NOW + 9 })).toEqual(UNKNOWN);
  });

  it("is told to make the digest anew where another pepper than the signing one matched, or none", () => {
    expect(decideOn(keyOf(TOKEN, {}, older))).toMatchObject({ admit: true, stale: true });
    expect(decideOn(keyOf(TOKEN, {}, plain))).toMatchObject({ admit: true, stale: true });
  });

  it.each(Object.entries(KEYS_BY_STATUS).filter(([status]) => status !== "active"))(
    "of a key that is %s is denied with that code",
    (status, keys) => {
      for (const key of keys) {
        const decision = decideOn({ ...key, digest: peppers.sign(TOKEN) });
        expect(decision).toEqual({ admit: false, verdict: { ok: false, code: status, keyId: key.id } });
      }
    },
  );
});

describe("the order of precedence: secret, status, restrictions, scopes", () => {
  const restricted = { restrictions: { ip: { allow: ["10.0.0.0/8"] }, resources: { account: { allow: ["DE89"] } } } };
  const key = keyOf(TOKEN, { ...restricted, state: "revoked", scopes: [] });
  const asking = { scopes: ["invoices:write"], tenant: "t_2" };

  it.each([
    ["unknown", key, { token: WRONG, request: asking }],
    ["revoked", key, { request: asking }],
    ["restricted", { ...key, state: "active" }, { request: asking }],
    ["restricted", { ...key, state: "active" }, { request: { ip: "10.1.1.1" } }],
    ["restricted", { ...key, state: "active" }, { request: { resources: { account: "DE89" } } }],
    ["restricted", { ...key, state: "active", restrictions: {} }, { request: { tenant: "t_2" } }],
    [
      "insufficient_scope",
      { ...key, state: "active" },
      { request: { scopes: ["invoices:write"], ip: "10.1.1.1", resources: { account: "DE89" } } },
    ],
    [
      "insufficient_scope",
      { ...key, state: "active" },
      { request: { scopes: ["invoices:write"], ip: "10.1.1.1", resources: "later" } },
    ],
  ] as const)("%s", (code, entry, presented) => {
    expect(decideOn(entry, presented)).toMatchObject({ admit: false, verdict: { ok: false, code } });
  });

  it("names the scopes that are missing, and only those", () => {
    const request = { scopes: ["invoices:read", "invoices:write"] };
    const decision = decideOn(keyOf(TOKEN, { scopes: ["invoices:read"] }), { request });
    expect(decision).toEqual({
      admit: false,
      verdict: { ok: false, code: "insufficient_scope", keyId: key.id, missingScopes: ["invoices:write"] },
    });
  });

  it("admits who names the tenant, the address and the resource that the key is for", () => {
    const request = { tenant: "t_1", ip: "10.1.1.1", resources: { account: "DE89" }, scopes: ["invoices:read"] };
    expect(decideOn({ ...key, state: "active", scopes: ["invoices:read"] }, { request })).toMatchObject({
      admit: true,
    });
  });
});

describe("who presents no secret of the key learns nothing of it", () => {
  const tombstone = {
    state: "destroyed",
    id: "Ab3dEfGh1jKlMn0p",
    tenant: "t_1",
    createdAt: 1,
    updatedAt: 2,
    version: 3,
  } as const;

  it.each([
    ["there is no key", undefined],
    ["it was deleted", tombstone],
    ...Object.entries(KEYS_BY_STATUS).flatMap(([status, keys]) =>
      keys.map((key) => [`it is ${status}`, { ...key, digest: peppers.sign(TOKEN) }] as const),
    ),
  ] as const)("%s: unknown, without a key id", (_, key) => {
    expect(decideOn(key, { token: WRONG })).toEqual(UNKNOWN);
  });
});

describe("what is stored wrongly", () => {
  it.each(broken)("a digest %j never matches, and is observed", (digest) => {
    const key = aKey({ digest: digest as StoredDigest });
    expect(decideOn(key)).toEqual({ ...UNKNOWN, observation: "corrupt_key" });
    expect(decideOn(key, { ring: plain })).toEqual({ ...UNKNOWN, observation: "corrupt_key" });
  });

  it("two empty digests are not equal", () => {
    const hex = "";
    const rotation = {
      previous: { alg: "sha256", hex },
      previousSecretVersion: 1,
      startedAt: NOW,
      previousEndsAt: NOW + DAY_MS,
      previousExpiresAt: null,
    } as const;
    expect(decideOn(aKey({ digest: { alg: "sha256", hex }, rotation }))).toMatchObject(UNKNOWN);
  });

  it("a state that there is not is no key, and is observed", () => {
    for (const state of ["enabled", "", "Active", null, undefined, "constructor"]) {
      expect(decideOn(keyOf(TOKEN, { state: state as "active" }))).toEqual({ ...UNKNOWN, observation: "corrupt_key" });
    }
  });

  it("dates that are none fail closed", () => {
    const none = Number.NaN;
    expect(decideOn(keyOf(TOKEN, { expiresAt: none }))).toMatchObject({ verdict: { code: "expired" } });
    expect(decideOn(keyOf(TOKEN, { notBefore: none }))).toMatchObject({ verdict: { code: "pending" } });
    const rotation = {
      previous: peppers.sign(FORMER),
      previousSecretVersion: 1,
      startedAt: NOW,
      previousEndsAt: none,
      previousExpiresAt: null,
    };
    expect(decideOn(keyOf(TOKEN, { rotation }), { token: FORMER })).toEqual(UNKNOWN);
  });

  it("a digest under a pepper that is gone never matches, is never tried as plain SHA-256, and is observed", () => {
    const key = keyOf(TOKEN, {}, older);
    expect(decideOn(key, { ring: createPepperRing([pepper("new")]) })).toEqual({
      ...UNKNOWN,
      observation: "pepper_missing",
    });
    expect(decideOn(key, { ring: plain })).toEqual({ ...UNKNOWN, observation: "pepper_missing" });
  });

  it("a former secret that is corrupt does not keep the current one from matching", () => {
    const rotation = {
      previous: { alg: "sha256", hex: "zz" },
      previousSecretVersion: 1,
      startedAt: NOW,
      previousEndsAt: NOW + 9,
      previousExpiresAt: null,
    } as const;
    expect(decideOn(keyOf(TOKEN, { rotation }))).toMatchObject({ admit: true });
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
    const schemeOf: PepperRing["schemeOf"] = (stored) => known.get(ring.schemeOf(stored)?.pepperId ?? null);
    return { ring: { signing, schemeOf, sign: ring.sign }, digests: () => made };
  }

  const rotation = {
    previous: older.sign(FORMER),
    previousSecretVersion: 1,
    startedAt: NOW,
    previousEndsAt: NOW + 9,
    previousExpiresAt: null,
  };
  const entries: readonly (StoredKey | undefined)[] = [
    undefined,
    { state: "destroyed", id: "x", tenant: "t", createdAt: 1, updatedAt: 2, version: 3 },
    keyOf(WRONG),
    keyOf(TOKEN, {}, older),
    keyOf(TOKEN, { rotation }),
    ...Object.values(KEYS_BY_STATUS)
      .flat()
      .map((key) => ({ ...key, digest: peppers.sign(TOKEN) })),
    ...broken.map((digest) => aKey({ digest: digest as StoredDigest })),
  ];

  it.each([
    ["two peppers", peppers, 2],
    ["none", plain, 1],
  ])("with %s: as many digests for unknown, wrong, deleted, corrupt and every status", (_, ring, expected) => {
    for (const key of entries) {
      const counted = counting(ring);
      decideOn(key, { ring: counted.ring });
      expect(counted.digests()).toBe(expected);
    }
  });
});
