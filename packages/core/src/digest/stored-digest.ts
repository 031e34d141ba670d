/** The digest of a token as a store keeps it: the algorithm is named, the 32 bytes are 64 lower-case hex digits. */
export type StoredDigest =
  | { readonly alg: "hmac-sha256"; readonly pepperId: string; readonly hex: string }
  | { readonly alg: "sha256"; readonly hex: string };
