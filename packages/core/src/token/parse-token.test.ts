import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { arbitraryToken } from "../../test/support/arbitrary-token.js";
import { ClavigerError } from "../errors.js";
import { encodeBase62 } from "./base62.js";
import { crc32 } from "./crc32.js";
import { parseToken, tryParseToken } from "./parse-token.js";

const BODY = "acme_live_0123456789ABCDEF_0123456789ABCDEFGHIJKLMNOPQRSTUV";
const TOKEN = `${BODY}0Iq0Fr`;
const PADDED = "acme_live_0123456789ABCDEF_00000000000000000000000000003243";

const MB = 1_048_576;

setFlagsFromString("--expose-gc");
const collectGarbage: () => void = runInNewContext("gc");

function heapMb(): number {
  collectGarbage();
  return process.memoryUsage().heapUsed / MB;
}

function sealed(body: string): string {
  return body + encodeBase62(crc32(body), 6);
}

function faultOf(text: unknown): unknown {
  try {
    return parseToken(text);
  } catch (error) {
    return error;
  }
}

const misshapen = [
  ["no prefix", sealed(BODY.slice("acme_live_".length))],
  ["an empty prefix", sealed(BODY.slice("acme_live".length))],
  ["a prefix of one character", sealed(`a${BODY.slice("acme_live".length)}`)],
  ["a prefix of 25 characters", sealed(`${"a".repeat(25)}${BODY.slice("acme_live".length)}`)],
  ["a prefix in capitals", sealed(`ACME${BODY.slice("acme".length)}`)],
  ["four segments", sealed(`a_${BODY.replace("acme", "acme_x")}`)],
  ["a short id", sealed(BODY.replace("0123456789ABCDEF_", "123456789ABCDEF_"))],
  ["a long secret", sealed(`${BODY}0`)],
  ["a short secret", sealed(BODY.slice(0, -1))],
  ["an underscore in the id", sealed(BODY.replace("_0123456789A", "_012345678_A"))],
  ["an underscore in the secret", sealed(`${BODY.slice(0, -1)}_`)],
  ["a hyphen before the id", sealed(BODY.replace("live_", "live-"))],
  ["a hyphen before the secret", sealed(BODY.replace("F_0", "F-0"))],
  ["a character beyond ASCII with the same low byte", sealed(`${BODY.slice(0, -1)}\u0156`)],
  ["nothing", ""],
  ["underscores", "_".repeat(128)],
  ["letters", "a".repeat(65)],
] as const;

const nonsense: readonly unknown[] = [
  null,
  undefined,
  0,
  Number.NaN,
  true,
  {},
  [],
  [TOKEN],
  Symbol("token"),
  () => TOKEN,
  new String(TOKEN),
  { toString: () => TOKEN, length: 65 },
];

describe("tryParseToken", () => {
  it("gives the parts of every well-formed token, underscores in the prefix or not", () => {
    fc.assert(
      fc.property(arbitraryToken, ({ token, prefix, id }) => {
        expect(tryParseToken(token)).toEqual({ prefix, id });
        expect(parseToken(token)).toEqual({ prefix, id });
      }),
    );
  });

  it("gives undefined for anything else, and never throws", () => {
    fc.assert(
      fc.property(
        fc.anything({ withBigInt: true, withNullPrototype: true }),
        (value) => tryParseToken(value) === undefined,
      ),
    );
    expect(nonsense.map((value) => tryParseToken(value))).toEqual(nonsense.map(() => undefined));
  });

  it.each(misshapen)("refuses %s, though its checksum is right", (_, text) => {
    expect(tryParseToken(text)).toBeUndefined();
  });

  it("refuses a checksum without its padding, and one that overflows", () => {
    expect(sealed(PADDED)).toBe(`${PADDED}000f5W`);
    expect(tryParseToken(`${PADDED}f5W`)).toBeUndefined();
    // 0 + 2 ** 32: the same 32 bits, another text.
    expect(tryParseToken(PADDED + encodeBase62(157_946 + 2 ** 32, 6))).toBeUndefined();
  });

  it("refuses every beginning and every end of a token", () => {
    const pieces = Array.from(TOKEN).flatMap((_, at) => (at === 0 ? [] : [TOKEN.slice(0, at), TOKEN.slice(at)]));
    expect(pieces.filter((piece) => tryParseToken(piece) !== undefined)).toEqual([]);
  });

  it.each(["a", "_", "a_", "\0", "\u{1f511}", TOKEN])("refuses 1 MB of %j unread", (unit) => {
    expect(tryParseToken(unit.repeat(Math.ceil(1_000_000 / unit.length)))).toBeUndefined();
    expect(tryParseToken(unit.repeat(1_000_000 / unit.length) + TOKEN)).toBeUndefined();
  });
});

describe("parseToken", () => {
  it("promise 5: who keeps the parts keeps neither the token nor what it was cut from in memory", () => {
    const prefix = "acme_europe_live";
    const text = sealed(`${prefix}_0123456789ABCDEF_${BODY.slice(-32)}`);
    const header = Buffer.from(`Bearer ${text}`.padEnd(16_000));
    const kept: unknown[] = [];
    const beforeMb = heapMb();
    for (let made = 0; made < 1_000; made += 1) {
      const token = header.toString("latin1").slice("Bearer ".length, "Bearer ".length + text.length);
      const { prefix: ownPrefix, id } = parseToken(token);
      kept.push(ownPrefix, id);
    }
    // The headers are 16 MB together.
    expect(heapMb() - beforeMb).toBeLessThan(2);
    expect(new Set(kept)).toEqual(new Set([prefix, "0123456789ABCDEF"]));
  });

  it("gives the parts", () => {
    expect(parseToken(TOKEN)).toEqual({ prefix: "acme_live", id: "0123456789ABCDEF" });
  });

  it.each([
    ["a string", null],
    ["at most 128 characters", TOKEN + "x".repeat(100)],
    ["joined by _", "acme_live"],
    ["joined by _", "x".repeat(128)],
    ["at most 128 characters", "x".repeat(129)],
    ["checksum", `${TOKEN.slice(0, -1)}s`],
  ])("says what is wrong: %s", (said, text) => {
    const error = faultOf(text);
    expect(error).toBeInstanceOf(ClavigerError);
    expect(error).toMatchObject({ code: "invalid_input", field: "token", message: expect.stringContaining(said) });
  });

  it("promise 5: no error holds any of the text", () => {
    fc.assert(
      fc.property(arbitraryToken, fc.nat(80), (parts, at) => {
        const damaged = `${parts.token.slice(0, at)}-${parts.token.slice(at)}`;
        const shown = String(faultOf(damaged)) + JSON.stringify(faultOf(damaged));
        expect(shown).not.toContain(parts.secret.slice(0, 8));
        expect(shown).not.toContain(parts.id);
      }),
    );
  });
});
