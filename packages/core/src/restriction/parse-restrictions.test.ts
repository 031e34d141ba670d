import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { HOSTILE } from "../../test/hostile.js";
import { refusalOf } from "../../test/refusal.js";
import { ipv4, ipv6 } from "../../test/restriction/addresses.js";
import { MAX_RESOURCES_BYTES } from "../bounds.js";
import { parseInput } from "../value/parse-input.js";
import { restrictions } from "./parse-restrictions.js";
import type { Restrictions } from "./restrictions.js";

const parse = (given: unknown): Restrictions => parseInput("restrictions.", restrictions, given);

const kind = fc
  .stringMatching(/^[a-z][a-zA-Z0-9_-]{0,63}$/)
  .filter((name) => !["constructor", "prototype"].includes(name));

function allowDeny(entry: fc.Arbitrary<string>): fc.Arbitrary<object> {
  const list = fc.array(entry, { maxLength: 5 });
  return fc.oneof(fc.record({ allow: list, deny: list }), fc.record({ allow: list }), fc.record({ deny: list }));
}

const given = fc.record(
  {
    ip: allowDeny(
      fc.oneof(
        ipv4,
        ipv6,
        ipv4.map((text) => `${text}/32`),
      ),
    ),
    resources: fc.dictionary(kind, allowDeny(fc.constantFrom("DE89", "é", "a b")), {
      maxKeys: 3,
      noNullPrototype: true,
    }),
  },
  { requiredKeys: [] },
);

describe("restrictions", () => {
  it("are kept with each range in its canonical text, each entry once, in order", () => {
    const parsed = parse({
      ip: { allow: ["::ffff:10.0.0.0/104", "10.0.0.0/8", "2001:DB8:0::/32", "192.0.2.1"], deny: [] },
      resources: { account: { allow: ["DE89", "DE90", "DE89"] }, costCenter_2: { deny: ["x"] } },
    });
    expect(parsed).toEqual({
      ip: { allow: ["10.0.0.0/8", "2001:db8::/32", "192.0.2.1/32"], deny: [] },
      resources: { account: { allow: ["DE89", "DE90"] }, costCenter_2: { deny: ["x"] } },
    });
  });

  it("parse to themselves once parsed, and hold the members that were given, no others", () => {
    fc.assert(
      fc.property(given, (input) => {
        const parsed = parse(input);
        expect(parse(parsed)).toStrictEqual(parsed);
        expect(Object.keys(parsed)).toEqual(Object.keys(input));
        expect(JSON.parse(JSON.stringify(parsed))).toStrictEqual(parsed);
      }),
    );
  });

  it("may be none", () => {
    expect(parse({})).toEqual({});
    expect(parse({ resources: {} })).toEqual({ resources: {} });
  });

  it("keep an empty allow, which admits nothing", () => {
    expect(parse({ ip: { allow: [] } })).toEqual({ ip: { allow: [] } });
  });

  it.each([
    ["an unknown field", { ips: {} }, "restrictions.ips", "allowed: ip, resources"],
    ["an unknown field of a rule", { ip: { alow: [] } }, "restrictions.ip.alow", "allowed: allow, deny"],
    ["a rule without lists", { ip: {} }, "restrictions.ip", "allow, deny or both"],
    ["a rule that is a list", { ip: ["10.0.0.0/8"] }, "restrictions.ip", "allow, deny"],
    ["a list that is undefined", { ip: { allow: undefined } }, "restrictions.ip.allow", "got undefined"],
    ["a rule that is undefined", { ip: undefined }, "restrictions.ip", "got undefined"],
    [
      "a range with bits beyond its prefix",
      { ip: { allow: ["10.1.2.3/8"] } },
      "restrictions.ip.allow[0]",
      '"10.1.2.3/8"',
    ],
    ["a range that is none", { ip: { deny: ["10.0.0.0/8", "all"] } }, "restrictions.ip.deny[1]", 'got "all"'],
    ["an empty name", { resources: { account: { allow: [""] } } }, "restrictions.resources.account.allow[0]", "empty"],
    [
      "a name with NUL",
      { resources: { account: { allow: ["a\0"] } } },
      "restrictions.resources.account.allow[0]",
      "NUL",
    ],
    [
      "a kind that begins in upper case",
      { resources: { Account: { allow: [] } } },
      "restrictions.resources.Account",
      "named by",
    ],
    [
      "a kind of 65 characters",
      { resources: { ["k".repeat(65)]: { allow: [] } } },
      // So long a word might be a secret, so the name itself is not shown.
      "restrictions.resources.",
      "named by",
    ],
    [
      "the kind constructor",
      { resources: { constructor: { allow: [] } } },
      "restrictions.resources.constructor",
      "named by",
    ],
    ["the kind prototype", { resources: { prototype: { allow: [] } } }, "restrictions.resources.prototype", "named by"],
    ["kinds that are a Date", { resources: new Date(0) }, "restrictions.resources", "at most 16 kinds"],
    ["kinds in an array", { resources: [{ allow: [] }] }, "restrictions.resources", "at most 16 kinds"],
    [
      "a kind that is undefined",
      { resources: { account: undefined } },
      "restrictions.resources.account",
      "allow, deny",
    ],
    ["the kind __proto__", JSON.parse('{"resources":{"__proto__":{"allow":[]}}}'), "resources", "__proto__"],
  ])("refuse %s", (_, input, field, message) => {
    const refusal = refusalOf(() => parse(input));
    expect(refusal.code).toBe("invalid_input");
    expect(refusal.field).toContain(field);
    expect(refusal.message).toContain(message);
  });

  it.each([
    ["64 ranges", (n: number) => ({ ip: { allow: many(n, (i) => `10.0.${i}.0/24`) } }), 64],
    ["100 resources", (n: number) => ({ resources: { account: { deny: many(n, (i) => `a${i}`) } } }), 100],
    ["16 kinds", (n: number) => ({ resources: Object.fromEntries(many(n, (i) => [`k${i}`, { allow: [] }])) }), 16],
    ["200 characters", (n: number) => ({ resources: { account: { allow: ["x".repeat(n)] } } }), 200],
  ])("hold at most %s", (_, input, most) => {
    expect(parse(input(most))).toEqual(input(most));
    expect(refusalOf(() => parse(input(most + 1))).code).toBe("invalid_input");
  });

  it("hold resources of at most 64 KB as one JSON text, in bytes of UTF-8", () => {
    const lists = (last: string) => ({
      resources: {
        wide: { allow: many(100, (i) => `${i}`.padEnd(200, "€")), deny: [] },
        last: { deny: [...many(27, (i) => `${i}`.padEnd(200, "x")), last] },
      },
    });
    const bytes = new TextEncoder().encode(JSON.stringify(lists("").resources)).length;
    const fitting = lists("x".repeat(MAX_RESOURCES_BYTES - bytes));
    expect(parse(fitting)).toEqual(fitting);
    const refusal = refusalOf(() => parse(lists("x".repeat(MAX_RESOURCES_BYTES - bytes + 1))));
    expect(refusal).toMatchObject({ code: "invalid_input", field: "restrictions.resources" });
    expect(refusal.message).toContain("at most 65536 bytes");
  });

  it.each(Object.entries(HOSTILE))("refuse %s wherever it is not what is asked for", (name, value) => {
    const fine = ["an empty object", "a null prototype"];
    for (const input of [
      ...(fine.includes(name) ? [] : [value(), { resources: value() }]),
      { ip: value() },
      { resources: { account: value() } },
      { ip: { allow: [value()] } },
      ...(name === "an empty array" ? [] : [{ ip: { deny: value() } }]),
    ]) {
      expect(refusalOf(() => parse(input)).code).toBe("invalid_input");
    }
  });
});

function many<T>(count: number, make: (index: number) => T): readonly T[] {
  return Array.from({ length: count }, (_, index) => make(index));
}
