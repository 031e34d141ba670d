import { describe, expect, it } from "vitest";
import { refusalOf } from "../../test/refusal.js";
import { anyScopes } from "../scope/any-scopes.js";
import { defineScopes } from "../scope/define-scopes.js";
import { checkGrants } from "./check-grants.js";
import { settingsOption } from "./parse-settings.js";
import type { Settings } from "./settings.js";

const catalogue = defineScopes(
  { invoices: ["read", "write"], payments: ["read", "send"] },
  { implies: { "invoices:write": ["invoices:read"] } },
);
const allowing = (allowedScopes?: readonly string[]): Settings =>
  settingsOption("settings", allowedScopes === undefined ? {} : { allowedScopes }, catalogue);

describe("checkGrants", () => {
  it("without a bound takes any grant of the catalogue", () => {
    expect(() => checkGrants(["invoices:read", "payments:*", "**"], allowing(), catalogue)).not.toThrow();
  });

  it("with an empty bound takes no grant at all, and a key without grants", () => {
    expect(() => checkGrants([], allowing([]), catalogue)).not.toThrow();
    expect(refusalOf(() => checkGrants(["invoices:read"], allowing([]), catalogue)).code).toBe("policy_violation");
  });

  it("names the first grant that goes beyond the bound", () => {
    const bound = allowing(["invoices:*"]);
    expect(() => checkGrants(["invoices:read", "invoices:write"], bound, catalogue)).not.toThrow();
    const refusal = refusalOf(() => checkGrants(["invoices:read", "payments:read", "**"], bound, catalogue));
    expect(refusal).toMatchObject({ code: "policy_violation", field: "scopes[1]" });
  });

  it("takes what an allowed scope implies", () => {
    expect(() => checkGrants(["invoices:read"], allowing(["invoices:write"]), catalogue)).not.toThrow();
    expect(refusalOf(() => checkGrants(["invoices:write"], allowing(["invoices:read"]), catalogue)).code).toBe(
      "policy_violation",
    );
  });

  it("refuses a grant that matches nothing in the catalogue, before any bound", () => {
    for (const grant of ["invoice:read", "orders:*", "constructor", "*:delete"]) {
      const refusal = refusalOf(() => checkGrants(["invoices:read", grant], allowing([]), catalogue));
      expect(refusal).toMatchObject({ code: "invalid_input", field: "scopes[1]" });
    }
    expect(() => checkGrants(["orders:*"], allowing(), anyScopes)).not.toThrow();
  });
});
