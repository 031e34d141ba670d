import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { HOSTILE } from "../../test/hostile.js";
import { smallScope } from "../../test/scope/universe.js";
import { defineScopes } from "./define-scopes.js";

/** As callers without types may call it. */
const define = (...given: readonly unknown[]): unknown => Reflect.apply(defineScopes, undefined, given);

const SEGMENTS = 'segments of a-z, 0-9, ".", "_" and "-" joined by colons, at most 8 segments and 128 characters; got ';

const mistake = (...given: readonly unknown[]): TypeError => {
  try {
    define(...given);
  } catch (error) {
    if (error instanceof TypeError) return error;
    throw error;
  }
  throw new Error("was accepted");
};

describe("defineScopes", () => {
  it("holds each scope once, in declared order, and cannot be changed", () => {
    const catalogue = defineScopes({ invoices: ["read", "write", "read"], payments: ["read", "send"] });
    expect(catalogue.scopes).toEqual(["invoices:read", "invoices:write", "payments:read", "payments:send"]);
    expect(Object.isFrozen(catalogue)).toBe(true);
    expect(Object.isFrozen(catalogue.scopes)).toBe(true);
  });

  it("takes scopes of any depth, by resource or as a list", () => {
    expect(defineScopes({ "billing:invoices": ["read", "lines:read"] }).scopes).toEqual([
      "billing:invoices:read",
      "billing:invoices:lines:read",
    ]);
    expect(defineScopes(["orders", "orders:read"]).scopes).toEqual(["orders", "orders:read"]);
    fc.assert(
      fc.property(fc.uniqueArray(smallScope), (scopes) => {
        expect(defineScopes(scopes).scopes).toEqual(scopes);
      }),
    );
  });

  it("does not change with what it was made of", () => {
    const actions = ["read"];
    const implied = ["keys:read"];
    const catalogue = defineScopes({ keys: actions, all: ["do"] }, { implies: { "all:do": implied } });
    actions.push("write");
    implied.length = 0;
    expect(catalogue.scopes).toEqual(["keys:read", "all:do"]);
    expect(catalogue.covers(["all:do"], "keys:read")).toBe(true);
  });

  it("takes names that objects inherit as names like any other", () => {
    const catalogue = defineScopes(
      { constructor: ["prototype", "valueof"], hasownproperty: ["call"] },
      { implies: { "constructor:prototype": ["hasownproperty:call"] } },
    );
    expect(catalogue.covers(["constructor:prototype"], "hasownproperty:call")).toBe(true);
    expect(catalogue.covers(["constructor:valueof"], "hasownproperty:call")).toBe(false);
    const bare = defineScopes(["constructor"], { implies: { constructor: [] } });
    expect(bare.covers(["constructor"], "constructor")).toBe(true);
    expect(bare.covers([], "constructor")).toBe(false);
  });

  it.each([
    ["an upper-case action", { invoices: ["Read"] }, "scopes.invoices[0]", '"Read"'],
    ["an action that is no text", { invoices: ["read", 5] }, "scopes.invoices[1]", "5"],
    ["actions that are no array", { invoices: "read" }, "scopes.invoices", '"read"'],
    ["a wildcard", { invoices: ["*"] }, "scopes.invoices[0]", '"*"'],
    ["a resource that is no scope", { Invoices: ["read"] }, "scopes.Invoices", "named by"],
    ["a resource that is no member", JSON.parse('{"__proto__":["read"]}'), "scopes", "__proto__"],
    ["a scope of more than 8 segments", { "a:b:c:d:e:f:g": ["h:i"] }, "[0]", '"a:b:c:d:e:f:g:h:i"'],
    ["a malformed scope in a list", ["orders", "orders:"], "[1]", '"orders:"'],
    ["a text", "invoices:read", "scopes", '"invoices:read"'],
    ["more scopes than it reads", Array.from({ length: 5_001 }, () => "a"), "scopes must be", "5001"],
  ])("refuses %s, naming it", (_, definition, where, given) => {
    const { message } = mistake(definition);
    expect(message).toContain(where);
    expect(message).toContain(given);
  });

  it.each([
    ["an implication by an unknown scope", { implies: { "invoices:delete": [] } }, "implies.invoices:delete"],
    ["an implication of an unknown scope", { implies: { "invoices:read": ["invoices:delete"] } }, "invoices:read[0]"],
    ["a wildcard among implications", { implies: { "invoices:read": ["invoices:*"] } }, '"invoices:*"'],
    ["implications that are no array", { implies: { "invoices:read": "invoices:write" } }, "invoices:read"],
    ["an implication that is undefined", { implies: { "invoices:read": undefined } }, "invoices:read"],
    ["an unknown option", { implied: {} }, '"implied"; allowed: implies'],
    ["options that are null", null, "options"],
  ])("refuses %s, naming it", (_, options, named) => {
    expect(mistake({ invoices: ["read", "write"] }, options).message).toContain(named);
  });

  it.each([
    [{ invoices: ["Read"] }, SEGMENTS],
    [{ Invoices: ["read"] }, `named by ${SEGMENTS}`],
    [{ invoices: "read" }, "must be an array of texts; got"],
    [["orders:"], SEGMENTS],
    [5, "must be an object of arrays of actions, or an array of scopes; got 5"],
  ])("says what is allowed instead of %j", (definition, allowed) => {
    expect(mistake(definition).message).toContain(allowed);
  });

  it.each([
    [{ "invoices:read": ["x"] }, "must be a scope of the catalogue (invoices:read, invoices:write); got"],
    [{ "invoices:x": [] }, "must be named by a scope of the catalogue (invoices:read, invoices:write); got"],
    [{ "invoices:read": "invoices:write" }, "must be an array of scopes; got"],
    [5, "implies must be an object of arrays of scopes, by scope; got 5"],
    [["invoices:read"], "implies must be an object of arrays of scopes, by scope; got"],
    [new Date(0), "implies must be an object of arrays of scopes, by scope; got"],
  ])("says what is allowed instead of the implications %j", (implies, allowed) => {
    expect(mistake({ invoices: ["read", "write"] }, { implies }).message).toContain(allowed);
  });

  it("says which scopes there are to imply, but no more than eight", () => {
    const eight = ["a", "b", "c", "d", "e", "f", "g", "h"];
    const implies = { a: ["x"] };
    expect(mistake(eight, { implies }).message).toContain("(a, b, c, d, e, f, g, h);");
    expect(mistake([...eight, "i"], { implies }).message).toContain("(a, b, c, d, e, f, g, h, …);");
  });

  it.each(Object.entries(HOSTILE))(
    "given %s makes a catalogue of no scopes or refuses it with a TypeError",
    (_, value) => {
      for (const given of [[value()], [{ keys: ["read"] }, value()], [{ keys: value() }], [[value()]]]) {
        try {
          define(...given);
        } catch (error) {
          expect(error).toBeInstanceOf(TypeError);
        }
      }
    },
  );
});
