import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { readCredential } from "./credentials.js";

const PLAIN = ["x-api-key", "x-partner-key"];
const visible = fc.string({
  unit: fc.integer({ min: 0x21, max: 0x7e }).map((code) => String.fromCharCode(code)),
  minLength: 1,
  maxLength: 200,
});
const scheme = fc.constantFrom("Bearer", "bearer", "BEARER", "bEaReR");
const spaces = fc.integer({ min: 1, max: 9 }).map((count) => " ".repeat(count));
/** One line that holds a credential of ours, and the token in it. */
const credential = fc.oneof(
  fc
    .tuple(scheme, spaces, visible)
    .map(([word, gap, token]) => ({ lines: ["Authorization", word + gap + token], token, by: "bearer" })),
  fc
    .tuple(fc.constantFrom("x-api-key", "X-API-Key", "X-Partner-Key"), visible)
    .map(([name, token]) => ({ lines: [name, token], token, by: "plain" })),
);
const unrelated = fc
  .array(fc.tuple(fc.constantFrom("Host", "Accept", "Cookie", "X-Forwarded-For"), fc.string()), { maxLength: 4 })
  .map((lines) => lines.flat());

describe("reading credentials", () => {
  it("one credential is read as it is, wherever it stands", () => {
    fc.assert(
      fc.property(credential, unrelated, unrelated, ({ lines, token, by }, before, after) => {
        expect(readCredential([...before, ...lines, ...after], PLAIN)).toEqual({ found: "one", token, by });
      }),
    );
  });

  it("two credentials are never chosen from, even if they are equal", () => {
    fc.assert(
      fc.property(credential, credential, fc.boolean(), (one, other, twice) => {
        expect(readCredential([...one.lines, ...(twice ? one : other).lines], PLAIN)).toEqual({ found: "unusable" });
      }),
    );
  });

  it("a character that is not visible ASCII makes it unusable, at any place", () => {
    const invisible = fc
      .oneof(fc.integer({ min: 0, max: 0x20 }), fc.integer({ min: 0x7f, max: 0xff }))
      .map((code) => String.fromCharCode(code));
    fc.assert(
      fc.property(visible, invisible, visible, (before, broken, after) => {
        expect(readCredential(["authorization", `Bearer ${before}${broken}${after}`], PLAIN)).toEqual({
          found: "unusable",
        });
        expect(readCredential(["x-api-key", `${before}${broken}${after}`], PLAIN)).toEqual({ found: "unusable" });
      }),
    );
  });

  it("another scheme is none, and stands beside a plain header", () => {
    const other = fc.constantFrom(
      "Basic dXNlcjpwYXNz",
      "Digest username=x, realm=y",
      "Bearers x",
      "Bearer-x y",
      "acme_live_token",
      "",
      "=",
      "Basic",
    );
    fc.assert(
      fc.property(other, visible, (authorization, token) => {
        expect(readCredential(["Authorization", authorization], PLAIN)).toEqual({ found: "none" });
        expect(readCredential(["Authorization", authorization, "X-API-Key", token], PLAIN)).toEqual({
          found: "one",
          token,
          by: "plain",
        });
        expect(readCredential(["Authorization", authorization, "Authorization", authorization], PLAIN)).toEqual({
          found: "unusable",
        });
      }),
    );
  });

  it.each(["Bearer", "bearer ", "Bearer   ", "Bearer\tx", "Bearer,x", 'Bearer"x"', "Bearer=x"])(
    "%j holds no token",
    (authorization) => {
      expect(readCredential(["Authorization", authorization], PLAIN)).toEqual({ found: "unusable" });
    },
  );

  it.each(["Basic abc, Bearer A", "Basic abc,bearer\tA", 'Digest username="x", Bearer'])(
    "lines that a Fetch runtime joined are refused like two lines, whichever comes first: %s",
    (authorization) => {
      expect(readCredential(["Authorization", authorization, "X-API-Key", "x"], PLAIN)).toEqual({ found: "unusable" });
    },
  );

  it("lines that a Fetch runtime joined are refused like two lines", () => {
    for (const name of ["authorization", "x-api-key"]) {
      const headers = new Headers([
        [name, "Bearer a"],
        [name, "Bearer b"],
      ]);
      expect(readCredential([...headers].flat(), PLAIN)).toEqual({ found: "unusable" });
    }
  });

  it("only the named headers are read", () => {
    expect(readCredential(["X-API-Key", "x"], [])).toEqual({ found: "none" });
    expect(readCredential(["X-API-Key", "x", "X-Other", "y"], ["x-other"])).toEqual({
      found: "one",
      token: "y",
      by: "plain",
    });
  });
});
