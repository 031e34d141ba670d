import fc from "fast-check";
import { expect, it } from "vitest";
import type { JsonValue } from "../value/metadata.js";
import { canonicalJson } from "./canonical-json.js";

const json = fc.jsonValue() as fc.Arbitrary<JsonValue>;

it("is the same for every order of members", () => {
  fc.assert(
    fc.property(fc.dictionary(fc.string(), json), (members) => {
      const reversed = Object.fromEntries(Object.entries(members).reverse());
      expect(canonicalJson(reversed)).toBe(canonicalJson(members));
    }),
  );
});

it("is JSON for the same value, on one line, and survives being stored as JSON", () => {
  fc.assert(
    fc.property(json, (value) => {
      const stored: JsonValue = JSON.parse(JSON.stringify(value));
      expect(JSON.parse(canonicalJson(value))).toEqual(stored);
      expect(canonicalJson(stored)).toBe(canonicalJson(value));
      expect(canonicalJson(value)).not.toMatch(/[\n\r]/);
    }),
  );
});

it("tells values apart that are not the same", () => {
  fc.assert(
    fc.property(json, json, (a, b) => {
      fc.pre(JSON.stringify(a) !== JSON.stringify(b));
      const isEqual = canonicalJson(a) === canonicalJson(b);
      if (isEqual) expect(JSON.parse(JSON.stringify(a))).toEqual(JSON.parse(JSON.stringify(b)));
    }),
  );
});

it("writes numbers, strings and literals as RFC 8785 §3.2.2 shows", () => {
  const value = {
    numbers: [Number("333333333.33333329"), 1e30, 4.5, 2e-3, 0.000000000000000000000000001],
    string: '€$\u000f\nA\'B"\\\\"/',
    literals: [null, true, false],
  };
  expect(canonicalJson(value)).toBe(
    '{"literals":[null,true,false],"numbers":[333333333.3333333,1e+30,4.5,0.002,1e-27],' +
      '"string":"€$\\u000f\\nA\'B\\"\\\\\\\\\\"/"}',
  );
});

it("sorts by UTF-16 code units as RFC 8785 §3.2.3 shows", () => {
  const value = {
    "\u20ac": "Euro Sign",
    "\r": "Carriage Return",
    "\ufb33": "Hebrew Letter Dalet With Dagesh",
    "1": "One",
    "\u{1f600}": "Emoji: Grinning Face",
    "\u0080": "Control",
    "\u00f6": "Latin Small Letter O With Diaeresis",
  };
  expect(Object.values(JSON.parse(canonicalJson(value)))).toHaveLength(7);
  const order = [...canonicalJson(value).matchAll(/:"([^"]*)"/g)].map(([, name]) => name);
  expect(order).toEqual([
    "Carriage Return",
    "One",
    "Control",
    "Latin Small Letter O With Diaeresis",
    "Euro Sign",
    "Emoji: Grinning Face",
    "Hebrew Letter Dalet With Dagesh",
  ]);
});

it("takes a member named __proto__ for a member", () => {
  expect(canonicalJson(JSON.parse('{"b":1,"__proto__":{"a":2}}'))).toBe('{"__proto__":{"a":2},"b":1}');
});
