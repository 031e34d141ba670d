import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { arbitraryPrefix, PREFIX_GRAMMAR } from "../../test/support/arbitrary-token.js";
import { isPrefix, prefixOption } from "./prefix.js";

const refused = [
  "",
  "a",
  "A",
  "Acme",
  "1acme",
  "_acme",
  "acme_",
  "acme__live",
  "a_b_c_d",
  "acme-live",
  "acme_1",
  "acmé",
  "a".repeat(25),
  "acme\n",
  " acme",
];

describe("isPrefix", () => {
  it("agrees with the grammar", () => {
    const near = fc.string({
      unit: fc.constantFrom("a", "z", "0", "9", "_", "A", "-", "`", "{", "/", ":"),
      maxLength: 26,
    });
    fc.assert(fc.property(fc.oneof(near, arbitraryPrefix), (text) => isPrefix(text) === PREFIX_GRAMMAR.test(text)));
  });

  it("takes a letter first, and then letters and digits, of all characters", () => {
    const all = Array.from({ length: 0x10000 }, (_, code) => String.fromCharCode(code));
    expect(all.filter((character) => isPrefix(`${character}b`)).join("")).toBe("abcdefghijklmnopqrstuvwxyz");
    expect(all.filter((character) => isPrefix(`a${character}`)).join("")).toBe("0123456789abcdefghijklmnopqrstuvwxyz");
    expect(all.filter((character) => isPrefix(`a${character}b`)).join("")).toBe(
      "0123456789_abcdefghijklmnopqrstuvwxyz",
    );
  });

  it.each(["ab", "acme", "acme_live", "acme_eu_live", "a_b_c", "a1", "a".repeat(24)])("takes %s", (prefix) => {
    expect(isPrefix(prefix)).toBe(true);
  });

  it.each([...refused, null, undefined, 12, ["ab"], { length: 4 }, Symbol("ab")])("refuses %s", (value) => {
    expect(isPrefix(value)).toBe(false);
  });

  it("refuses 1 MB of letters", () => {
    expect(isPrefix("a".repeat(1_000_000))).toBe(false);
  });
});

describe("prefixOption", () => {
  it("gives back a prefix", () => {
    expect(prefixOption("prefix", "acme_live")).toBe("acme_live");
  });

  it("names the option, what was given and what is allowed", () => {
    expect(() => prefixOption("acceptedPrefixes[1]", "Acme")).toThrow(
      new TypeError(
        'acceptedPrefixes[1] must be 2 to 24 characters, one to 3 segments of a-z and 0-9 that begin with a letter, joined by "_"; got "Acme"',
      ),
    );
    expect(() => prefixOption("prefix", undefined)).toThrow(/^prefix must be .*; got undefined$/);
  });
});
