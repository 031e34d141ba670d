import { createHash, createHmac } from "node:crypto";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import * as noble from "./sha256.noble.js";
import * as native from "./sha256.node.js";

// Lone surrogates too: both encode them as U+FFFD.
const anyText = fc.string({
  unit: fc.oneof(fc.constantFrom("a", "é", "€", "🔑", "\ud800"), fc.string({ unit: "binary", maxLength: 1 })),
  maxLength: 300,
});
const secret = fc.uint8Array({ minLength: 0, maxLength: 200 });

describe.each([
  ["native", native],
  ["noble", noble],
])("%s", (_, { sha256, sha256Binary, sha256OfBytes, hmacSha256 }) => {
  it("hashes as node's own Hash does", () => {
    fc.assert(
      fc.property(anyText, (text) => {
        expect(sha256(text)).toBe(createHash("sha256").update(text, "utf8").digest("hex"));
      }),
    );
  });

  it("gives the same hash with one character a byte", () => {
    fc.assert(
      fc.property(anyText, (text) => {
        expect(sha256Binary(text)).toBe(createHash("sha256").update(text, "utf8").digest("binary"));
      }),
    );
  });

  it("hashes bytes as node's own Hash does", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
        expect(sha256OfBytes(bytes)).toBe(createHash("sha256").update(bytes).digest("hex"));
      }),
    );
  });

  it("computes HMAC as node's own Hmac does, for secrets shorter and longer than a block", () => {
    fc.assert(
      fc.property(secret, anyText, (key, text) => {
        expect(hmacSha256(key)(text)).toBe(createHmac("sha256", key).update(text, "utf8").digest("hex"));
      }),
    );
  });

  it("computes HMAC of texts about as long as a token may be, and longer", () => {
    const key = new Uint8Array(32).fill(7);
    const digest = hmacSha256(key);
    for (const text of ["a", "é"].flatMap((unit) =>
      [63, 64, 65, 127, 128, 129, 1_000].map((many) => unit.repeat(many)),
    ))
      expect(digest(text)).toBe(createHmac("sha256", key).update(text, "utf8").digest("hex"));
  });

  it("takes a secret of exactly a block as it is, and hashes one that is a byte longer", () => {
    for (const length of [63, 64, 65]) {
      const key = new Uint8Array(length).fill(7);
      expect(hmacSha256(key)("a")).toBe(createHmac("sha256", key).update("a").digest("hex"));
    }
  });

  // RFC 4231 §4.3 and §4.7.
  it.each([
    [
      Buffer.from("Jefe"),
      "what do ya want for nothing?",
      "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843",
    ],
    [
      Buffer.alloc(131, 0xaa),
      "Test Using Larger Than Block-Size Key - Hash Key First",
      "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54",
    ],
  ])("computes the HMAC of RFC 4231", (key, text, expected) => {
    expect(hmacSha256(key)(text)).toBe(expected);
  });

  it("gives the same for the same text again, and does not read the secret later", () => {
    const key = new Uint8Array(32).fill(1);
    const digest = hmacSha256(key);
    const first = digest("a");
    key.fill(2);
    digest("something longer, in between");
    expect(digest("a")).toBe(first);
  });
});

describe("native and noble", () => {
  it("export the same names", () => {
    expect(Object.keys(native).sort()).toEqual(Object.keys(noble).sort());
  });

  it("are the same functions", () => {
    fc.assert(
      fc.property(secret, anyText, (key, text) => {
        expect(native.sha256(text)).toBe(noble.sha256(text));
        expect(native.sha256OfBytes(key)).toBe(noble.sha256OfBytes(key));
        expect(native.hmacSha256(key)(text)).toBe(noble.hmacSha256(key)(text));
      }),
    );
  });
});
