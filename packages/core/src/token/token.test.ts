import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { arbitraryPrefix } from "../../test/support/arbitrary-token.js";
import { seededRandom } from "../../test/support/seeded-random.js";
import { MAX_TOKEN_LENGTH } from "../bounds.js";
import { isKeyId } from "./key-id.js";
import { tryParseToken } from "./parse-token.js";
import { PREFIX_RULE } from "./prefix.js";
import { generateId, generateToken } from "./token.js";

const ID = "0123456789ABCDEF";

describe("generateId", () => {
  it("gives the id of a key", () => {
    fc.assert(fc.property(fc.integer(), (seed) => isKeyId(generateId(seededRandom(seed)))));
  });
});

describe("generateToken", () => {
  it("gives one word within the bound that parses back to its prefix and id", () => {
    fc.assert(
      fc.property(arbitraryPrefix, fc.integer(), (prefix, seed) => {
        const random = seededRandom(seed);
        const id = generateId(random);
        const token = generateToken({ prefix, id, random });
        expect(token).toMatch(/^\w+$/);
        expect(token.length).toBeLessThanOrEqual(MAX_TOKEN_LENGTH);
        expect(tryParseToken(token)).toEqual({ prefix, id });
      }),
    );
  });

  it("gives a key another secret each time", () => {
    const random = seededRandom(1);
    expect(generateToken({ prefix: "acme", id: ID, random })).not.toBe(
      generateToken({ prefix: "acme", id: ID, random }),
    );
  });

  it.each([
    ["prefix", { prefix: "Acme", id: ID }, `prefix must be ${PREFIX_RULE}; got "Acme"`],
    ["prefix", { prefix: "", id: ID }, `prefix must be ${PREFIX_RULE}; got an empty string`],
    ["id", { prefix: "acme", id: "0123456789ABCDE_" }, 'id must be 16 characters of base62; got "0123456789ABCDE_"'],
    ["id", { prefix: "acme", id: "" }, "id must be 16 characters of base62; got an empty string"],
  ])("refuses a %s whose token would not parse", (field, parts, message) => {
    expect(() => generateToken({ ...parts, random: seededRandom(1) })).toThrow(
      expect.objectContaining({ code: "invalid_input", field, message }),
    );
  });
});
