import { describe, expect, it } from "vitest";
import { requireScopes } from "./require-scopes.js";

const construct =
  (...scopes: readonly unknown[]) =>
  () =>
    Reflect.apply(requireScopes, undefined, scopes);

describe("requireScopes", () => {
  it("without arguments is refused at construction", () => {
    expect(construct()).toThrow(new TypeError("requireScopes must be given at least one scope; got none"));
  });

  it.each([
    ["invoices:*"],
    ["**"],
    [""],
    ["a b"],
    ['a"b'],
    ["a\nb"],
    ["Invoices:read"],
    [undefined],
    [["invoices:read"]],
    [7],
  ])("%j is refused at construction", (scope) => {
    expect(construct("invoices:read", scope)).toThrow(TypeError);
    expect(construct("invoices:read", scope)).toThrow(/^each argument of requireScopes must be a scope .*; got /);
  });

  it("without apiKeyAuth before it throws", () => {
    expect(() => requireScopes("invoices:read")({})).toThrow("requireScopes needs an apiKeyAuth before it");
  });
});
