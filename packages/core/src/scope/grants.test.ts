import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { HOSTILE } from "../../test/hostile.js";
import { refusalOf } from "../../test/refusal.js";
import { smallGrants } from "../../test/scope/universe.js";
import { parseInput } from "../value/parse-input.js";
import { grants } from "./grants.js";

const parse = (given: unknown): readonly string[] => parseInput("scopes", grants, given);

describe("grants", () => {
  it("are kept once each, in order", () => {
    fc.assert(
      fc.property(smallGrants, (given) => {
        const kept = parse([...given, ...given]);
        expect(kept).toEqual(given.filter((grant, index) => given.indexOf(grant) === index));
        expect(parse(kept)).toEqual(kept);
      }),
    );
  });

  it("are at most 100", () => {
    const distinct = Array.from({ length: 101 }, (_, index) => `orders:o${index}`);
    expect(parse(distinct.slice(1))).toHaveLength(100);
    expect(refusalOf(() => parse(distinct)).message).toBe(
      "scopes must be an array of at most 100 scopes; got an array of 101",
    );
  });

  it("are refused by their place where one is malformed", () => {
    const { code, field, message } = refusalOf(() => parse(["invoices:read", "invoices:**:x"]));
    expect([code, field]).toEqual(["invalid_input", "[1]"]);
    expect(message).toBe(
      '[1] must be a scope such as "invoices:read": up to 8 segments of a-z, 0-9, ".", "_" and "-" joined by colons, ' +
        '128 characters in all; any whole segment may be "*", the last one "**"; got "invoices:**:x"',
    );
  });

  it.each(Object.entries(HOSTILE))("are not %s", (name, value) => {
    if (name !== "an empty array") expect(refusalOf(() => parse(value())).code).toBe("invalid_input");
    expect(refusalOf(() => parse([value()])).code).toBe("invalid_input");
  });
});
