import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { tryParseToken } from "../src/token/parse-token.js";
import { arbitraryToken } from "./support/arbitrary-token.js";
import { vectors } from "./support/vectors.js";

const PRINTABLE = Array.from({ length: 95 }, (_, index) => String.fromCharCode(0x20 + index));
const OTHERS = ["\0", "\t", "\n", "é", "ı", "０", "\u{1f511}"];

function* edits(token: string): Generator<string> {
  for (let at = 0; at < token.length; at += 1) {
    for (const character of [...PRINTABLE, ...OTHERS]) {
      if (character !== token.charAt(at)) yield token.slice(0, at) + character + token.slice(at + 1);
    }
  }
}

function* swaps(token: string): Generator<string> {
  for (let at = 0; at + 1 < token.length; at += 1) {
    const [left, right] = [token.charAt(at), token.charAt(at + 1)];
    if (left !== right) yield token.slice(0, at) + right + left + token.slice(at + 2);
  }
}

function accepted(texts: Iterable<string>): readonly string[] {
  return Array.from(texts).filter((text) => tryParseToken(text) !== undefined);
}

describe("an edited token", () => {
  it.each(vectors.tokens)("every edit and swap of $body is refused", ({ body, checksum }) => {
    expect(tryParseToken(body + checksum)).toBeDefined();
    expect(accepted(edits(body + checksum))).toEqual([]);
    expect(accepted(swaps(body + checksum))).toEqual([]);
  });

  it("every one-character edit is refused", () => {
    fc.assert(fc.property(arbitraryToken, ({ token }) => accepted(edits(token)).length === 0));
  });

  it("every swap of neighbours is refused", () => {
    fc.assert(fc.property(arbitraryToken, ({ token }) => accepted(swaps(token)).length === 0));
  });

  it("another prefix is refused: a test token is no live one", () => {
    fc.assert(
      fc.property(arbitraryToken, arbitraryToken, ({ token, prefix }, other) => {
        fc.pre(prefix !== other.prefix);
        expect(tryParseToken(other.prefix + token.slice(prefix.length))).toBeUndefined();
      }),
    );
  });

  it("nothing is trimmed, folded or normalised away", () => {
    fc.assert(
      fc.property(arbitraryToken, ({ token }) => {
        const changed = [
          ` ${token}`,
          `${token} `,
          `${token}\n`,
          `\ufeff${token}`,
          `${token}\0`,
          token.toUpperCase(),
          `Bearer ${token}`,
        ];
        expect(accepted(changed)).toEqual([]);
      }),
    );
  });
});
