import fc from "fast-check";
import { beforeEach, describe, expect, it, vi } from "vitest";
import { arbitraryToken } from "../../test/support/arbitrary-token.js";
import { equalConstantTime } from "./constant-time.js";
import { matchSecret } from "./match-digest.js";
import type { Pepper } from "./pepper.js";
import { createPepperRing, type PepperRing } from "./pepper-ring.js";
import type { StoredDigest } from "./stored-digest.js";

const counter = vi.hoisted(() => ({ digests: 0 }));

vi.mock("./constant-time.js", { spy: true });
vi.mock("#sha256", async (importOriginal) => {
  const original = await importOriginal<typeof import("#sha256")>();
  const counting = (digest: (text: string) => string) => (text: string) => {
    counter.digests += 1;
    return digest(text);
  };
  return {
    ...original,
    sha256: counting(original.sha256),
    hmacSha256: (secret: Uint8Array) => counting(original.hmacSha256(secret)),
  };
});

const TOKEN = "acme_live_0123456789ABCDEF_0123456789ABCDEFGHIJKLMNOPQRSTUV0Iq0Fr";
const OTHER_TOKEN = TOKEN.replace("STUV0Iq0Fr", "STUW0Iq0Fr");

const signing: Pepper = { id: "2026", secret: new Uint8Array(32).fill(1) };
const older: Pepper = { id: "2025", secret: new Uint8Array(32).fill(2) };
const removed: Pepper = { id: "2024", secret: new Uint8Array(32).fill(3) };

const rings = { none: createPepperRing(), one: createPepperRing([signing]), two: createPepperRing([signing, older]) };
type RingName = keyof typeof rings;
const ringNames: readonly RingName[] = ["none", "one", "two"];

const digestsPerMatch: Readonly<Record<RingName, number>> = { none: 1, one: 2, two: 3 };

function digestUnder(peppers: readonly Pepper[], token: string): StoredDigest {
  return createPepperRing(peppers).sign(token);
}

/** What a store without types might return. */
function untyped(value: unknown): StoredDigest {
  return value as StoredDigest;
}

const sound = digestUnder([signing], TOKEN);
const corrupt: readonly StoredDigest[] = [
  null,
  {},
  [],
  "",
  0,
  sound.hex,
  { ...sound, hex: null },
  { ...sound, hex: undefined },
  { ...sound, hex: "" },
  { ...sound, hex: "zz" },
  { ...sound, hex: "zz".repeat(32) },
  { ...sound, hex: sound.hex.slice(2) },
  { ...sound, hex: `${sound.hex}00` },
  { ...sound, hex: sound.hex.toUpperCase() },
  { ...sound, hex: ` ${sound.hex.slice(1)}` },
  { ...sound, hex: Number.NaN },
  { ...sound, hex: [sound.hex] },
  { ...sound, hex: { toString: () => sound.hex, length: 64 } },
  { ...sound, hex: Buffer.from(sound.hex, "hex") },
  { ...sound, alg: "md5" },
  { ...sound, alg: undefined },
  { ...sound, pepperId: undefined },
  { ...sound, pepperId: 2026 },
].map(untyped);

interface Candidate {
  readonly stored: StoredDigest | undefined;
  /**
   * Under which pepper the token's own digest was made; null: under none. Absent: it is another token's, or no digest.
   */
  readonly madeUnder?: string | null;
  readonly isCorrupt?: true;
  readonly isUnder?: string | null;
}

const candidates: readonly Candidate[] = [
  { stored: undefined },
  ...[[], [signing], [older], [removed]].flatMap((peppers): readonly Candidate[] => {
    const pepperId = peppers[0]?.id ?? null;
    return [
      { stored: digestUnder(peppers, TOKEN), madeUnder: pepperId, isUnder: pepperId },
      { stored: digestUnder(peppers, OTHER_TOKEN), isUnder: pepperId },
    ];
  }),
  // Plain SHA-256 that claims to be HMAC, and the other way round.
  { stored: { alg: "hmac-sha256", pepperId: signing.id, hex: digestUnder([], TOKEN).hex }, isUnder: signing.id },
  { stored: { alg: "hmac-sha256", pepperId: removed.id, hex: digestUnder([], TOKEN).hex }, isUnder: removed.id },
  { stored: { alg: "hmac-sha256", pepperId: "__proto__", hex: digestUnder([], TOKEN).hex }, isUnder: "__proto__" },
  { stored: { alg: "sha256", hex: digestUnder([signing], TOKEN).hex }, isUnder: null },
  { stored: { alg: "sha256", hex: "0".repeat(64) }, isUnder: null },
  ...corrupt.map((stored): Candidate => ({ stored, isCorrupt: true })),
];

const verifying: Readonly<Record<RingName, readonly (string | null)[]>> = {
  none: [null],
  one: [null, "2026"],
  two: [null, "2026", "2025"],
};

/** The law, said another way. */
function expectedMatch(ring: RingName, current: Candidate, previous: Candidate) {
  const pair = [current, previous] as const;
  const verifies = ({ madeUnder }: Candidate) => madeUnder !== undefined && verifying[ring].includes(madeUnder);
  const matching = pair.find(verifies);
  if (matching !== undefined) {
    const stale = matching.madeUnder !== (ring === "none" ? null : signing.id);
    return { matched: matching === current ? "current" : "previous", stale };
  }
  return {
    matched: null,
    corrupt: pair.some(({ isCorrupt }) => isCorrupt === true),
    pepperMissing: pair.some(({ isUnder }) => isUnder !== undefined && !verifying[ring].includes(isUnder)),
  };
}

function counted(
  ring: PepperRing,
  token: string,
  current: StoredDigest | undefined,
  previous: StoredDigest | undefined,
  currentSettles = false,
) {
  counter.digests = 0;
  vi.mocked(equalConstantTime).mockClear();
  const match = matchSecret(ring, token, { current, previous, currentSettles });
  return { match, digests: counter.digests, compares: vi.mocked(equalConstantTime).mock.calls.length };
}

describe.each(ringNames)("matchSecret, peppers in the ring: %s", (name) => {
  const ring = rings[name];

  beforeEach(() => {
    vi.mocked(equalConstantTime).mockClear();
  });

  it("every pair of candidates: who matches, and what is stale, corrupt or without its pepper", () => {
    for (const current of candidates) {
      for (const previous of candidates) {
        const { match } = counted(ring, TOKEN, current.stored, previous.stored);
        expect(match, JSON.stringify([current.stored, previous.stored])).toEqual(
          expectedMatch(name, current, previous),
        );
      }
    }
  });

  it("promise 9: every pair of candidates costs the same digests and compares", () => {
    const costs = candidates.flatMap((current) =>
      candidates.map((previous) => {
        const { digests, compares } = counted(ring, TOKEN, current.stored, previous.stored);
        return `${digests} digests, ${compares} compares`;
      }),
    );
    expect(new Set(costs)).toEqual(new Set([`${digestsPerMatch[name]} digests, 2 compares`]));
  });

  it("promise 9: where the current secret settles it, a match of that costs one of each, and all else what it costs elsewhere", () => {
    for (const current of candidates) {
      for (const previous of candidates) {
        const expected = expectedMatch(name, current, previous);
        const [digests, compares] = expected.matched === "current" ? [1, 1] : [digestsPerMatch[name], 2];
        const given = [ring, TOKEN, current.stored, previous.stored, true] as const;
        expect(counted(...given), JSON.stringify(given.slice(2))).toEqual({ match: expected, digests, compares });
      }
    }
  });

  it("matches nothing where there is no candidate, not even a digest of zeros", () => {
    const zeros = { ...ring, signing: { ...ring.signing, digest: () => "0".repeat(64) } };
    for (const stored of [undefined, ...corrupt]) {
      expect(matchSecret(zeros, TOKEN, { current: stored, previous: stored }).matched).toBeNull();
    }
  });

  it("matches what the ring signed, and no other token", () => {
    fc.assert(
      fc.property(arbitraryToken, arbitraryToken, ({ token }, other) => {
        fc.pre(token !== other.token);
        const stored = ring.sign(token);
        expect(matchSecret(ring, token, { current: stored, previous: undefined })).toEqual({
          matched: "current",
          stale: false,
        });
        expect(matchSecret(ring, token, { current: ring.sign(other.token), previous: stored })).toEqual({
          matched: "previous",
          stale: false,
        });
        expect(matchSecret(ring, other.token, { current: stored, previous: stored })).toEqual({
          matched: null,
          corrupt: false,
          pepperMissing: false,
        });
      }),
    );
  });

  it("hashes the characters as they are: nothing trimmed, folded or normalised", () => {
    const variants = [
      ` ${TOKEN}`,
      `${TOKEN} `,
      `${TOKEN}\n`,
      TOKEN.toLowerCase(),
      TOKEN.toUpperCase(),
      `${TOKEN}é`,
      `${TOKEN}e\u0301`,
    ];
    const stored = ring.sign(TOKEN);
    expect(variants.map((token) => matchSecret(ring, token, { current: stored, previous: undefined }).matched)).toEqual(
      variants.map(() => null),
    );
    expect(ring.sign(`${TOKEN}é`)).not.toEqual(ring.sign(`${TOKEN}e\u0301`));
  });
});
