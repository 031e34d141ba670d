import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { HOSTILE } from "../../test/hostile.js";
import { isGrant, isScope } from "./grammar.js";

const SCOPE = /^(?=.{1,128}$)[a-z0-9][a-z0-9._-]*(?::[a-z0-9][a-z0-9._-]*){0,7}$/s;
const GRANT =
  /^(?=.{1,128}$)(?=[^:]*(?::[^:]*){0,7}$)(?:(?:[a-z0-9][a-z0-9._-]*|\*):)*(?:[a-z0-9][a-z0-9._-]*|\*\*?)$/s;

const nearGrammar = fc.oneof(
  fc.string({ unit: fc.constantFrom("a", "z0", "A", ".", "-", "_", ":", "*", "**", " ", "\n", "é"), maxLength: 12 }),
  fc
    .array(fc.constantFrom("a", "b-1", "x.y_z", "*", "**", "", "-a", "A", "a*"), { maxLength: 10 })
    .map((parts) => parts.join(":")),
  fc
    .array(fc.nat({ max: 50 }), { maxLength: 4 })
    .map((lengths) => lengths.map((length) => "s".repeat(length)).join(":")),
);

describe("the grammar of scopes", () => {
  it("admits exactly segments of [a-z0-9][a-z0-9._-]* joined by colons", () => {
    fc.assert(fc.property(nearGrammar, (text) => isScope(text) === SCOPE.test(text)));
  });

  it("admits in a grant, besides, * for any whole segment and ** for the last", () => {
    fc.assert(fc.property(nearGrammar, (text) => isGrant(text) === GRANT.test(text)));
  });

  it("holds only what RFC 6749 §3.3 allows in a scope-token", () => {
    fc.assert(fc.property(nearGrammar, (text) => !isGrant(text) || /^[\x21\x23-\x5b\x5d-\x7e]+$/.test(text)));
  });

  it.each([
    ["8 segments", "a:b:c:d:e:f:g:h", true],
    ["9 segments", "a:b:c:d:e:f:g:h:i", false],
    ["128 characters", "a".repeat(128), true],
    ["129 characters", "a".repeat(129), false],
    ["a name that objects inherit", "constructor", true],
    ["a name that begins with an underscore", "__proto__", false],
    ["a trailing line break", "invoices:read\n", false],
  ])("%s", (_, text, admitted) => {
    expect(isScope(text)).toBe(admitted);
    expect(isGrant(text)).toBe(admitted);
  });

  it.each(["a:**", "**", "*", "*:**", "*:b", "a:b:c:d:e:f:g:**"])("grants %s, which is no scope", (text) => {
    expect(isGrant(text)).toBe(true);
    expect(isScope(text)).toBe(false);
  });

  it.each(["**:a", "a:**:b", "a*", "a:b*", "***", "*a", "a:b:c:d:e:f:g:h:**"])("does not grant %s", (text) => {
    expect(isGrant(text)).toBe(false);
  });

  it.each(Object.entries(HOSTILE))("is not met by %s", (_, value) => {
    expect(isScope(value())).toBe(false);
    expect(isGrant(value())).toBe(false);
  });
});
