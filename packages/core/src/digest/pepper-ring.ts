import { hmacSha256, sha256 } from "#sha256";
import type { Pepper } from "./pepper.js";
import { readPeppers } from "./read-peppers.js";
import type { StoredDigest } from "./stored-digest.js";

/** A way to make a token's digest: under a pepper, or plain SHA-256 where `pepperId` is null. */
export interface DigestScheme {
  readonly pepperId: string | null;
  /** 64 lower-case hex digits. */
  readonly digest: (token: string) => string;
}

/**
 * The peppers of a keyring: the first signs, all verify. Holds the secrets where neither `inspect` nor JSON finds them.
 */
export interface PepperRing {
  /** Without a pepper, whatever the ring holds. */
  readonly plain: DigestScheme;
  /** Under how many peppers a stored digest may have been made. */
  readonly size: number;
  /** How new digests are made. */
  readonly signing: DigestScheme;
  /** How a stored digest was made; undefined where its pepper is not in the ring. */
  readonly schemeOf: (stored: StoredDigest) => DigestScheme | undefined;
  /** A token's digest as a store keeps it. */
  readonly sign: (token: string) => StoredDigest;
}

const PLAIN: DigestScheme = Object.freeze({ pepperId: null, digest: sha256 });

/**
 * Makes a ring of peppers. The secrets are copied. Without peppers digests are plain SHA-256, marked so; digests so
 * marked verify in any ring, so that peppers can be added later.
 *
 * @throws TypeError naming the option: no array of `{ id, secret }`, an unknown field, an id of another form, a secret
 *   that is no `Uint8Array` of at least 32 bytes, an id or a secret listed twice. Never shows a secret, or an id, which
 *   may be one.
 */
export function createPepperRing(peppers: readonly Pepper[] = []): PepperRing {
  const schemes = readPeppers(peppers).map(
    ({ id, secret }): DigestScheme => Object.freeze({ pepperId: id, digest: hmacSha256(secret) }),
  );
  refuseRepeated(
    "id",
    schemes.map((scheme) => scheme.pepperId),
  );
  // By what they compute: secrets that differ in trailing zeros are one key to HMAC (RFC 2104 §2).
  refuseRepeated(
    "secret",
    schemes.map((scheme) => scheme.digest("")),
  );

  const byPepperId = new Map(schemes.map((scheme) => [scheme.pepperId, scheme]));
  const signing = schemes[0] ?? PLAIN;
  return Object.freeze({
    plain: PLAIN,
    size: schemes.length,
    signing,
    schemeOf: (stored: StoredDigest) => (stored.alg === "sha256" ? PLAIN : byPepperId.get(stored.pepperId)),
    sign: (token: string): StoredDigest => {
      const hex = signing.digest(token);
      return signing.pepperId === null
        ? { alg: "sha256", hex }
        : { alg: "hmac-sha256", pepperId: signing.pepperId, hex };
    },
  });
}

function refuseRepeated(member: keyof Pepper, values: readonly unknown[]): void {
  for (const [index, value] of values.entries()) {
    const first = values.indexOf(value);
    if (first !== index)
      throw new TypeError(`peppers[${index}].${member} must be listed once; it is that of peppers[${first}] too`);
  }
}
