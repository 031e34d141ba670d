import { describe, expect, it } from "vitest";
import { HOSTILE } from "../../test/hostile.js";
import { refusalOf } from "../../test/refusal.js";
import { anyScopes } from "./any-scopes.js";
import type { ScopeCatalogue } from "./catalogue.js";
import { defineScopes } from "./define-scopes.js";

const catalogues: readonly (readonly [string, ScopeCatalogue])[] = [
  ["a declared catalogue", defineScopes({ invoices: ["read"] })],
  ["anyScopes", anyScopes],
];

it("anyScopes lists no scope, and cannot be changed", () => {
  expect(anyScopes.scopes).toEqual([]);
  expect(Object.isFrozen(anyScopes.scopes)).toBe(true);
});

describe.each(catalogues)("%s, asked by a caller without types", (_, catalogue) => {
  /** Calls a method with whatever it is. */
  const ask = (method: Exclude<keyof ScopeCatalogue, "scopes">, ...given: readonly unknown[]): unknown =>
    Reflect.apply(catalogue[method], catalogue, given);

  it("says which list it takes", () => {
    expect(refusalOf(() => ask("missing", [], "a:b")).message).toBe('required must be an array of scopes; got "a:b"');
  });

  describe.each(Object.entries(HOSTILE))("about %s", (name, value) => {
    it("finds that it grants nothing", () => {
      expect(ask("covers", value(), "invoices:read")).toBe(false);
      expect(ask("covers", [value()], "invoices:read")).toBe(false);
      expect(ask("missing", value(), ["invoices:read"])).toEqual(["invoices:read"]);
      expect(ask("explain", value(), "invoices:read")).toContain("is missing");
      expect(ask("intersect", value(), ["**"])).toEqual([]);
      expect(ask("attenuate", ["**"], value())).toEqual([]);
      expect(ask("attenuate", null, value())).toEqual([]);
      expect(ask("allows", value())).toBe(false);
    });

    it("finds that nothing grants it", () => {
      expect(ask("has", value())).toBe(false);
      expect(ask("covers", ["**"], value())).toBe(false);
      expect(ask("explain", ["**"], value())).toContain("is no scope of the catalogue");
      expect(ask("coveringGrants", value())).toEqual([]);
    });

    it("finds that it bounds everything out, but for null, which is no bound", () => {
      const within = name === "null" ? [] : ["**"];
      expect(ask("exceeding", value(), ["**"])).toEqual(within);
    });

    it("never takes it for a list of which nothing is missing", () => {
      if (name === "an empty array") return expect(ask("missing", ["**"], value())).toEqual([]);
      return expect(refusalOf(() => ask("missing", ["**"], value())).code).toBe("invalid_input");
    });
  });
});
