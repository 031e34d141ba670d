import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { smallCatalogue, smallGrants } from "../../test/scope/universe.js";
import { anyScopes } from "./any-scopes.js";
import { defineScopes } from "./define-scopes.js";

const catalogue = defineScopes(
  { invoices: ["read", "write", "void"], payments: ["read"] },
  { implies: { "invoices:void": ["invoices:write"], "invoices:write": ["invoices:read"] } },
);

describe("explain", () => {
  it.each([
    [["payments:read", "invoices:read"], '"invoices:read" is granted.'],
    [["**"], 'The grant "**" takes in "invoices:read".'],
    [["invoices:void", "invoices:*"], 'The grant "invoices:*" takes in "invoices:read".'],
    [["invoices:write"], '"invoices:write" is granted, which implies "invoices:read".'],
    [
      ["*:void"],
      'The grant "*:void" takes in "invoices:void", which implies "invoices:write", which implies "invoices:read".',
    ],
    [["payments:*", "payments:read"], '"invoices:read" is missing: none of "payments:*", "payments:read" covers it.'],
    [[], '"invoices:read" is missing: nothing is granted.'],
    [["IN*"], '"invoices:read" is missing: nothing is granted.'],
  ])("of %j for invoices:read says so", (granted, sentence) => {
    expect(catalogue.explain(granted, "invoices:read")).toBe(sentence);
  });

  it("names the grant that decided, which covers by itself, and each step of a declared implication", () => {
    fc.assert(
      fc.property(smallCatalogue, smallGrants, (small, granted) => {
        for (const scope of small.scopes) {
          const sentence = small.catalogue.explain(granted, scope);
          const named = [...sentence.matchAll(/"([^"]+)"/g)].map(([, text]) => text ?? "");
          if (!small.catalogue.covers(granted, scope)) {
            expect(sentence).toMatch(/^"[^"]+" is missing: /);
            continue;
          }
          const [grant = "", ...way] = named;
          expect(granted).toContain(grant);
          expect(small.catalogue.covers([grant], scope)).toBe(true);
          expect(named.at(-1)).toBe(scope);
          const steps = sentence.startsWith("The grant") ? way : named;
          for (const [index, implied] of steps.entries()) {
            if (index > 0) expect(small.implies).toContainEqual([steps[index - 1], implied]);
          }
        }
      }),
    );
  });

  it("lists only the first of many grants", () => {
    const many = Array.from({ length: 100 }, (_, index) => `orders:o${index}`);
    expect(anyScopes.explain(many, "invoices:read")).toMatch(/"orders:o7" and 92 more covers it\.$/);
    expect(anyScopes.explain(many.slice(0, 8), "invoices:read")).toMatch(/"orders:o7" covers it\.$/);
  });

  it("says what can never be covered", () => {
    expect(catalogue.explain(["**"], "invoices:*")).toBe(
      '"invoices:*" cannot be required: a required scope holds no wildcard.',
    );
    expect(catalogue.explain(["**"], "invoices:pay")).toBe(
      'No grant covers "invoices:pay": it is no scope of the catalogue.',
    );
    expect(anyScopes.explain(["**"], "x".repeat(1_000_000)).length).toBeLessThan(200);
  });
});
