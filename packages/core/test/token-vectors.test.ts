import { describe, expect, it } from "vitest";
import { matchSecret } from "../src/digest/match-digest.js";
import { createPepperRing } from "../src/digest/pepper-ring.js";
import * as noble from "../src/digest/sha256.noble.js";
import * as native from "../src/digest/sha256.node.js";
import { encodeBase62 } from "../src/token/base62.js";
import { crc32 } from "../src/token/crc32.js";
import { parseToken } from "../src/token/parse-token.js";
import { formatToken } from "../src/token/token.js";
import { vectors } from "./support/vectors.js";

describe("checksum vectors", () => {
  it.each(vectors.tokens)("$body", ({ body, crc32: expected, checksum }) => {
    expect(crc32(body)).toBe(expected);
    expect(encodeBase62(expected, 6)).toBe(checksum);
    const [prefix, id, secret] = [body.slice(0, -50), body.slice(-49, -33), body.slice(-32)];
    expect(formatToken(prefix, id, secret)).toBe(body + checksum);
    expect(parseToken(body + checksum)).toEqual({ prefix, id });
  });

  it.each(vectors.base62)("$n in base62 is $text", ({ n, text }) => {
    expect(encodeBase62(n, text.length)).toBe(text);
  });

  it.each(vectors.foreignChecksums)("as others compute it over their random part: $checksum", ({ body, checksum }) => {
    expect(encodeBase62(crc32(body), checksum.length)).toBe(checksum);
  });
});

describe.each([
  ["native", native],
  ["noble", noble],
])("digest vectors, %s", (_, { sha256, hmacSha256 }) => {
  it.each(vectors.digests)("$alg", (vector) => {
    const digest = vector.alg === "sha256" ? sha256 : hmacSha256(Buffer.from(vector.pepperHex, "hex"));
    expect(digest(vector.token)).toBe(vector.hex);
  });
});

describe("digest vectors, as a store keeps them", () => {
  it.each(vectors.digests)("promise 6: a row of $alg verifies", (vector) => {
    const isPlain = vector.alg === "sha256";
    const ring = createPepperRing(isPlain ? [] : [{ id: "2026", secret: Buffer.from(vector.pepperHex, "hex") }]);
    const stored = isPlain
      ? ({ alg: "sha256", hex: vector.hex } as const)
      : ({ alg: "hmac-sha256", pepperId: "2026", hex: vector.hex } as const);
    expect(ring.sign(vector.token)).toEqual(stored);
    expect(matchSecret(ring, vector.token, { current: stored, previous: undefined }).matched).toBe("current");
  });
});
