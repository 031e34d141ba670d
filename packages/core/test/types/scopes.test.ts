import { describe, expect, expectTypeOf, it } from "vitest";
import { anyScopes } from "../../src/scope/any-scopes.js";
import type { ScopeCatalogue } from "../../src/scope/catalogue.js";
import { defineScopes } from "../../src/scope/define-scopes.js";
import type { Grant } from "../../src/scope/grant-type.js";

const scopes = defineScopes(
  { invoices: ["read", "write"], payments: ["read", "send"] },
  { implies: { "invoices:write": ["invoices:read"] } },
);
type Scope = "invoices:read" | "invoices:write" | "payments:read" | "payments:send";

const granting = <const Granted extends Grant<Scope>>(granted: Granted): Granted => granted;

describe("the types of a catalogue", () => {
  it("know its scopes", () => {
    expectTypeOf(scopes).toEqualTypeOf<ScopeCatalogue<Scope>>();
    expectTypeOf(scopes.scopes).toEqualTypeOf<readonly Scope[]>();
    expectTypeOf(defineScopes(["orders", "orders:read"])).toEqualTypeOf<ScopeCatalogue<"orders" | "orders:read">>();
    expectTypeOf(defineScopes({ "billing:invoices": ["read"] })).toEqualTypeOf<
      ScopeCatalogue<"billing:invoices:read">
    >();
  });

  it("can be read off a catalogue, which then serves where any is taken", () => {
    type Read = typeof scopes extends ScopeCatalogue<infer Known> ? Known : never;
    expectTypeOf<Read>().toEqualTypeOf<Scope>();
    expectTypeOf(scopes).toExtend<ScopeCatalogue<string>>();
    expectTypeOf(scopes).toExtend<ScopeCatalogue>();
    expectTypeOf(anyScopes).not.toExtend<ScopeCatalogue<Scope>>();
  });

  it("are any text where the definition is not written out", () => {
    const loaded: Record<string, string[]> = { invoices: ["read"] };
    const actions: string[] = ["read"];
    const list: string[] = ["orders"];
    expectTypeOf(defineScopes(loaded)).toEqualTypeOf<ScopeCatalogue<string>>();
    expectTypeOf(defineScopes({ invoices: actions })).toEqualTypeOf<ScopeCatalogue<string>>();
    expectTypeOf(defineScopes(list)).toEqualTypeOf<ScopeCatalogue<string>>();
  });

  it("narrow a text by has", () => {
    const text: string = "invoices:read";
    expect(scopes.has(text)).toBe(true);
    if (scopes.has(text)) expectTypeOf(text).toEqualTypeOf<Scope>();
  });

  it("let no implication name a scope outside the catalogue", () => {
    // @ts-expect-error: no such scope implies anything
    expect(() => defineScopes({ invoices: ["read"] }, { implies: { "invoices:write": [] } })).toThrow(TypeError);
    // @ts-expect-error: no such scope is implied
    expect(() => defineScopes({ invoices: ["read"] }, { implies: { "invoices:read": ["invoices:reed"] } })).toThrow(
      TypeError,
    );
    // @ts-expect-error: there is no such option
    expect(() => defineScopes({ invoices: ["read"] }, { implied: {} })).toThrow(TypeError);
  });
});

describe("Grant", () => {
  it("is a scope of the catalogue, or a wildcard over some, at the segment where they are", () => {
    for (const grant of [
      granting("invoices:read"),
      granting("invoices:*"),
      granting("invoices:**"),
      granting("*:send"),
      granting("*:*"),
      granting("*:**"),
      granting("**"),
    ]) {
      expect(scopes.allows(grant)).toBe(true);
    }
    expectTypeOf<Grant<"a:b">>().toEqualTypeOf<"a:b" | "a:*" | "a:**" | "*:b" | "*:*" | "*:**" | "**">();
    expectTypeOf<Grant<"orders">>().toEqualTypeOf<"orders" | "*" | "**">();
    expectTypeOf<"a:*:c" | "*:**" | "a:b:**">().toExtend<Grant<"a:b:c">>();
  });

  it("names every grant that covers a scope, and no other", () => {
    expectTypeOf<Grant<"a:b">>().toExtend<string>();
    const all: readonly Grant<"a:b">[] = ["a:b", "a:*", "a:**", "*:b", "*:*", "*:**", "**"];
    expect(new Set(all)).toEqual(new Set(anyScopes.coveringGrants("a:b")));
  });

  it("outside the catalogue does not compile, and is not allowed at run time", () => {
    const outside = [
      // @ts-expect-error: a typo in the action
      granting("invoices:reed"),
      // @ts-expect-error: a typo in the resource
      granting("invoice:read"),
      // @ts-expect-error: a typo before a wildcard
      granting("invoice:*"),
      // @ts-expect-error: no scope has one segment
      granting("*"),
      // @ts-expect-error: no scope has three segments
      granting("invoices:*:*"),
      // @ts-expect-error: ** stands last only
      granting("**:read"),
      // @ts-expect-error: no part of a segment is a wildcard
      granting("inv*:read"),
      // @ts-expect-error: a prefix is no scope
      granting("invoices"),
    ];
    expect(outside.filter((grant) => scopes.allows(grant))).toEqual([]);
  });

  it("of any text is any text, and of each catalogue its own", () => {
    expectTypeOf<Grant<string>>().toEqualTypeOf<string>();
    expectTypeOf<Grant<never>>().toEqualTypeOf<never>();
    expectTypeOf<Grant<"a" | "b:c">>().toEqualTypeOf<Grant<"a"> | Grant<"b:c">>();
  });
});
