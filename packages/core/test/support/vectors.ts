import { readFileSync } from "node:fs";

interface TokenVectors {
  readonly tokens: readonly { readonly body: string; readonly crc32: number; readonly checksum: string }[];
  readonly base62: readonly { readonly n: number; readonly text: string }[];
  readonly foreignChecksums: readonly { readonly body: string; readonly checksum: string }[];
  readonly digests: readonly DigestVector[];
}

type DigestVector =
  | { readonly token: string; readonly alg: "sha256"; readonly hex: string }
  | { readonly token: string; readonly alg: "hmac-sha256"; readonly pepperHex: string; readonly hex: string };

export const vectors: TokenVectors = JSON.parse(
  readFileSync(new URL("../vectors/token.json", import.meta.url), "utf8"),
);
