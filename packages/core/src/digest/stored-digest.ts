import { characterSet } from "../value/character-set.js";

/** The digest of a token as a store keeps it: the algorithm is named, the 32 bytes are 64 lower-case hex digits. */
export type StoredDigest =
  | { readonly alg: "hmac-sha256"; readonly pepperId: string; readonly hex: string }
  | { readonly alg: "sha256"; readonly hex: string };

const HEX_LENGTH = 64;
const isHex = /* @__PURE__ */ characterSet("0123456789abcdef");

/**
 * Whether what a store returned really is one. Decoding leniently would not tell: `Buffer.from("zz", "hex")` is empty,
 * and two empties are equal.
 */
export function isStoredDigest(value: unknown): value is StoredDigest {
  return hasFormOfDigest(value) && isHex(value.hex, 0, HEX_LENGTH);
}

/** Whether it is one if its digits are: as they are if they equal those of a digest that was made. */
export function hasFormOfDigest(value: unknown): value is StoredDigest {
  if (typeof value !== "object" || value === null) return false;
  const { alg, pepperId, hex } = value as { readonly [name: string]: unknown };
  if (typeof hex !== "string" || hex.length !== HEX_LENGTH) return false;
  return alg === "sha256" || (alg === "hmac-sha256" && typeof pepperId === "string");
}
