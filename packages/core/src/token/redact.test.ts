import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { arbitraryToken } from "../../test/support/arbitrary-token.js";
import { redactTokens } from "./redact.js";

const TOKEN = "acme_live_0123456789ABCDEF_0123456789ABCDEFGHIJKLMNOPQRSTUV0Iq0Fr";
const SHOWN = "acme_live_0123456789ABCDEF_…";
const WINDOW = 8;

/** Pieces of 8 characters of the secret that a text still shows. */
function leaks(text: string, secret: string): readonly string[] {
  const windows = Array.from({ length: secret.length - WINDOW + 1 }, (_, at) => secret.slice(at, at + WINDOW));
  return windows.filter((window) => text.includes(window));
}

function leakingOf(texts: readonly string[], secret: string): readonly string[] {
  return texts.filter((text) => leaks(redactTokens(text), secret).length > 0);
}

// A secret that says `aaaaaaaa` is in every text that does; and no window may be found in the id or prefix, which stay.
const arbitraryParts = arbitraryToken.filter(({ prefix, id, secret }) => leaks(`${prefix}_${id}`, secret).length === 0);

const contexts: readonly (readonly [string, string])[] = [
  ["", ""],
  ["Authorization: Bearer ", "\r\nHost: api.example"],
  ['{"token":"', '","description":"of an integration"}'],
  ["https://api.example/v1?key=", "&page=2#invoices"],
  ["curl -H 'x-api-key: ", "' https://api.example"],
  ["(", ")"],
  ["«", "»"],
  ["\n", "\n"],
];

const glue: readonly (readonly [string, string])[] = [
  ["key", "end"],
  ["x_", "_x"],
  ["0", "0"],
  ["token_", "0123456789ABCDEFGHIJKLMNOPQRSTUV"],
  ["%22", "%22"],
  ["__", "__"],
];

describe("redactTokens", () => {
  it.each([
    [TOKEN, SHOWN],
    [`Bearer ${TOKEN}, please`, `Bearer ${SHOWN}, please`],
    [`{"token":"${TOKEN}","description":"integration"}`, `{"token":"${SHOWN}","description":"integration"}`],
    [`https://api.example/?key=${TOKEN}&page=2`, `https://api.example/?key=${SHOWN}&page=2`],
    [`${TOKEN} ${TOKEN}`, `${SHOWN} ${SHOWN}`],
    [`old${TOKEN}`, `old${SHOWN}`],
    [`${TOKEN}_old`, `${SHOWN}_old`],
    [TOKEN.slice(0, 40), SHOWN],
    [TOKEN.slice(0, 28), SHOWN],
    [`${TOKEN.slice(0, 30)} is no key`, `${SHOWN} is no key`],
    [TOKEN.replace("HIJ", "H-J"), `${SHOWN}-…`],
    [TOKEN.replace("RST", "R-T"), `${SHOWN}-…`],
    [TOKEN.replace("_012345", "=012345"), "acme_live=0123456789ABCDEF_…"],
    [TOKEN.slice(27), "…"],
    [`abcdefghijklmnop_a_b_${TOKEN.slice(10)}`, `abcdefghijklmnop_a_b_${SHOWN.slice(10)}`],
    [`abcdefghijklmnop_eu1_live_${TOKEN.slice(10)}`, `abcdefghijklmnop_eu1_live_${SHOWN.slice(10)}`],
    // Cut off behind a prefix that may be an id: then the id may be a secret.
    [`abcdefghijklmnop_${TOKEN.slice(10, 40)}`, "abcdefghijklmnop_…_…"],
    // A secret that was cut off and looks like a prefix to what follows.
    [`acme_0123456789ABCDEF_abcdefghijklmnop_${TOKEN.slice(10)}`, "acme_0123456789ABCDEF_…_…_…"],
  ])("%s", (text, shown) => {
    expect(redactTokens(text)).toBe(shown);
  });

  it("promise 5: of a whole token, prefix and id stay, and what stands around it", () => {
    fc.assert(
      fc.property(arbitraryToken, fc.constantFrom(...contexts), ({ token, prefix, id }, [before, after]) => {
        expect(redactTokens(before + token + after)).toBe(`${before}${prefix}_${id}_…${after}`);
      }),
    );
  });

  it("promise 5: a redacted token stays as it is", () => {
    fc.assert(
      fc.property(arbitraryToken, fc.constantFrom(...contexts), ({ token }, [before, after]) => {
        const once = redactTokens(before + token + after);
        expect(redactTokens(once)).toBe(once);
      }),
    );
  });

  it("promise 5: no part of a secret shows where the token is glued to other words, or cut off anywhere", () => {
    fc.assert(
      fc.property(arbitraryParts, fc.constantFrom(...contexts, ...glue), ({ token, secret }, [before, after]) => {
        const cut = Array.from({ length: token.length + 1 }, (_, end) => token.slice(0, end));
        expect(
          leakingOf(
            cut.map((piece) => before + piece + after),
            secret,
          ),
        ).toEqual([]);
      }),
    );
  });

  it("promise 5: no part of a secret shows where a character was changed, added, lost or swapped", () => {
    const strangers = fc.constantFrom(..." -_.\"'=%\n\0/é…x9Z");
    fc.assert(
      fc.property(
        arbitraryParts,
        strangers,
        fc.constantFrom(...contexts),
        ({ token, secret }, stranger, [before, after]) => {
          const damaged = Array.from(token).flatMap((character, at) => {
            const [left, right] = [token.slice(0, at), token.slice(at + 1)];
            return [
              left + stranger + right,
              left + stranger + character + right,
              left + right,
              left + right.charAt(0) + character + right.slice(1),
            ];
          });
          expect(
            leakingOf(
              damaged.map((text) => before + text + after),
              secret,
            ),
          ).toEqual([]);
        },
      ),
    );
  });

  it("promise 5: no part of a secret shows where the token was wrapped into lines and then cut off", () => {
    fc.assert(
      fc.property(
        arbitraryParts,
        fc.constantFrom("\n", "=\r\n", "\\n", " ", "\n> "),
        fc.nat(38),
        ({ token, secret }, newLine, at) => {
          const secretAt = token.length - 38;
          const wrapped = token.slice(0, secretAt + at) + newLine + token.slice(secretAt + at);
          const cut = Array.from({ length: wrapped.length - secretAt + 1 }, (_, kept) =>
            wrapped.slice(0, secretAt + kept),
          );
          expect(leakingOf(cut, secret)).toEqual([]);
        },
      ),
    );
  });

  it("promise 5: the end of a token, without its id, shows nothing while it is longer than an id and no word", () => {
    fc.assert(
      fc.property(arbitraryParts, fc.constantFrom(...contexts), ({ token, secret }, [before, after]) => {
        const ends = Array.from({ length: 38 - 16 }, (_, extra) => token.slice(-17 - extra)).filter(
          (end) => /[0-9]/.test(end) || end.length >= 32,
        );
        expect(
          leakingOf(
            ends.map((end) => before + end + after),
            secret,
          ),
        ).toEqual([]);
      }),
    );
  });

  it.each([
    "",
    "no token here",
    "tenant_disabled, insufficient_scope and store_unavailable",
    "key 0123456789ABCDEF of owner user_1",
    "550e8400-e29b-41d4-a716-446655440000",
    "Rechnungseingangsbearbeitung",
    "options has no field maxLifetimeSeconds; allowed: maxKeysPerOwner",
    "2026-11-21T21:24:00.000Z 203.0.113.7 GET /v1/invoices",
    "a_b_c_d_e_f ___ …",
    "\ud800 lone, emoji 🔑, ümläute",
  ])("leaves other text alone: %j", (text) => {
    expect(redactTokens(text)).toBe(text);
  });

  it("takes out base62 that is too long for an id: a digest, the end of a token, a word as long as a secret", () => {
    expect(redactTokens("Kontoauszugsabrufberechtigungen")).toBe("Kontoauszugsabrufberechtigungen");
    expect(redactTokens("Kontoauszugsabrufberechtigungenn")).toBe("…");
    expect(redactTokens("f65a13b73a95568da584ed3e349d34d95daf81bd40497c0e68f8c7a65c6a6650")).toBe("…");
    expect(redactTokens("ends with FGHIJKLMNOPQRSTUV0Iq0Fr")).toBe("ends with …");
  });

  // A quadratic step over 1 MB would take hours.
  it.each([
    "_",
    "a",
    "Aaa",
    "a_",
    "0123456789ABCDEF_",
    "abcdefghijklmnop_",
    "abcdefghijklmnop_a_a_0123456789ABCDEF_0123456789ABCDEF",
    `${TOKEN}_`,
    TOKEN.slice(0, 30),
    "…",
    "_…",
    " ",
  ])("takes time in proportion to the text: 1 MB of %j", (unit) => {
    const text = unit.repeat(1_000_000 / unit.length);
    expect(redactTokens(text).length).toBeLessThanOrEqual(text.length);
  });
});
