import fc, { type Arbitrary } from "fast-check";
import { describe, expect, it } from "vitest";
import { anyScopes } from "../../src/scope/any-scopes.js";
import type { ScopeCatalogue } from "../../src/scope/catalogue.js";
import { defineScopes } from "../../src/scope/define-scopes.js";
import {
  declare,
  oracleCovered,
  oracleMatches,
  SMALL_WORLD,
  smallCatalogue,
  smallGrant,
  smallGrants,
  smallScope,
} from "./universe.js";

/** A catalogue and the scopes to try out on it, unknown ones among them. Also the one that knows any scope. */
const catalogues: Arbitrary<ScopeCatalogue> = fc.oneof(
  { weight: 3, arbitrary: smallCatalogue.map(({ catalogue }) => catalogue) },
  { weight: 1, arbitrary: fc.constant(anyScopes) },
);

const coveredBy = (catalogue: ScopeCatalogue, granted: readonly string[]): readonly string[] =>
  SMALL_WORLD.filter((scope) => catalogue.covers(granted, scope));

const union = (...lists: readonly (readonly string[])[]): readonly string[] =>
  SMALL_WORLD.filter((scope) => lists.some((list) => list.includes(scope)));

const common = (a: readonly string[], b: readonly string[]): readonly string[] =>
  a.filter((scope) => b.includes(scope));

describe("what is covered", () => {
  it("is what a grant takes in, and what that implies, to the end of every chain and round every cycle", () => {
    fc.assert(
      fc.property(smallCatalogue, smallGrants, (small, granted) => {
        const expected = oracleCovered(small, granted);
        expect(coveredBy(small.catalogue, granted)).toEqual(SMALL_WORLD.filter((scope) => expected.has(scope)));
      }),
    );
  });

  it("without a catalogue is what a grant takes in, and nothing by implication", () => {
    fc.assert(
      fc.property(smallGrants, (granted) => {
        const expected = SMALL_WORLD.filter((scope) => granted.some((grant) => oracleMatches(grant, scope)));
        expect(coveredBy(anyScopes, granted)).toEqual(expected);
      }),
    );
  });

  it("by the empty set is nothing", () => {
    fc.assert(fc.property(catalogues, (catalogue) => coveredBy(catalogue, []).length === 0));
  });

  it("only grows with what is granted (monotone), and never by what is granted together", () => {
    fc.assert(
      fc.property(catalogues, smallGrants, smallGrants, (catalogue, a, b) => {
        const together = coveredBy(catalogue, [...a, ...b]);
        expect(together).toEqual(union(coveredBy(catalogue, a), coveredBy(catalogue, b)));
      }),
    );
  });

  it("does not depend on order and repetition", () => {
    const shuffled = smallGrants.chain((granted) =>
      fc
        .shuffledSubarray([...granted, ...granted], { minLength: 2 * granted.length })
        .map((again) => [granted, again] as const),
    );
    fc.assert(
      fc.property(catalogues, shuffled, (catalogue, [granted, again]) => {
        expect(coveredBy(catalogue, again)).toEqual(coveredBy(catalogue, granted));
      }),
    );
  });

  it("never follows from a prefix: orders grants orders:read only where the catalogue says so", () => {
    fc.assert(
      fc.property(smallScope, smallScope, (scope, child) => {
        expect(anyScopes.covers([scope], `${scope}:${child}`)).toBe(false);
        expect(anyScopes.covers([`${scope}:${child}`], scope)).toBe(false);
      }),
    );
    const says = defineScopes(["orders", "orders:read"], { implies: { orders: ["orders:read"] } });
    const silent = defineScopes(["orders", "orders:read"]);
    expect(says.covers(["orders"], "orders:read")).toBe(true);
    expect(silent.covers(["orders"], "orders:read")).toBe(false);
    expect(says.covers(["orders:read"], "orders")).toBe(false);
  });

  it("is never a wildcard, whatever is granted: a required scope holds none", () => {
    const wildcard = smallGrant.filter((grant) => grant.includes("*"));
    fc.assert(
      fc.property(catalogues, smallGrants, wildcard, (catalogue, granted, required) => {
        const all = [...granted, required, "**"];
        expect(catalogue.covers(all, required)).toBe(false);
        expect(catalogue.missing(all, [required])).toEqual([required]);
        expect(catalogue.explain(all, required)).toContain("holds no wildcard");
      }),
    );
  });

  it("is never unknown to the catalogue, even where it is granted by name", () => {
    fc.assert(
      fc.property(smallCatalogue, smallScope, ({ scopes, catalogue }, scope) => {
        expect(catalogue.covers([scope, "**"], scope)).toBe(scopes.includes(scope));
        expect(catalogue.has(scope)).toBe(scopes.includes(scope));
      }),
    );
  });

  it("holds no name by accident, though objects inherit it", () => {
    const inherited = ["constructor", "toString", "__proto__", "hasOwnProperty", "valueof"];
    const catalogue = defineScopes({ keys: ["read"] });
    for (const name of inherited) {
      expect(catalogue.covers(["**", "keys:read"], name)).toBe(false);
      expect(catalogue.has(name)).toBe(false);
      expect(catalogue.allows(name)).toBe(false);
      expect(anyScopes.covers([], name)).toBe(false);
      expect(anyScopes.covers(inherited, name)).toBe(/^[a-z]+$/.test(name));
    }
  });
});

describe("missing", () => {
  it("is what is required and not covered, each once and in order", () => {
    const required = fc.array(smallScope, { maxLength: 6 });
    fc.assert(
      fc.property(catalogues, smallGrants, required, (catalogue, granted, wanted) => {
        const expected = wanted.filter(
          (scope, at) => wanted.indexOf(scope) === at && !catalogue.covers(granted, scope),
        );
        expect(catalogue.missing(granted, wanted)).toEqual(expected);
      }),
    );
  });
});

describe("intersect", () => {
  it("is sound and complete: it covers a scope exactly when both sides do", () => {
    fc.assert(
      fc.property(catalogues, smallGrants, smallGrants, (catalogue, a, b) => {
        const both = common(coveredBy(catalogue, a), coveredBy(catalogue, b));
        expect(coveredBy(catalogue, catalogue.intersect(a, b))).toEqual(both);
      }),
    );
  });

  it("holds only what may be granted, and nothing twice", () => {
    fc.assert(
      fc.property(catalogues, smallGrants, smallGrants, (catalogue, a, b) => {
        const shared = catalogue.intersect(a, b);
        expect(shared.filter((grant) => !catalogue.allows(grant))).toEqual([]);
        expect(new Set(shared).size).toBe(shared.length);
      }),
    );
  });

  it("of incomparable grants with themselves is they themselves", () => {
    fc.assert(
      fc.property(smallGrants, (granted) => {
        const shared = anyScopes.intersect(granted, granted);
        expect(new Set(anyScopes.intersect(shared, shared))).toEqual(new Set(shared));
      }),
    );
  });

  it("keeps a wildcard that both sides hold, so that it reaches what the catalogue gains later", () => {
    const catalogue = defineScopes({ invoices: ["read", "write"] });
    expect(catalogue.intersect(["**"], ["invoices:*"])).toEqual(["invoices:*"]);
    expect(catalogue.intersect(["**", "invoices:read"], ["**"])).toEqual(["**"]);
  });

  it("finds what two grants share only by implication", () => {
    const catalogue = defineScopes(
      { invoices: ["read", "write", "void"] },
      { implies: { "invoices:write": ["invoices:read"], "invoices:void": ["invoices:read"] } },
    );
    expect(catalogue.intersect(["invoices:write"], ["invoices:void"])).toEqual(["invoices:read"]);
  });

  it("leaves nothing of a malformed grant, though what it shares with others would be well-formed", () => {
    const tooLong = `${"x".repeat(126)}:**`;
    expect(anyScopes.intersect([tooLong], ["**"])).toEqual([]);
    expect(anyScopes.intersect(["**"], [tooLong])).toEqual([]);
  });

  it("ends soon for lists of the full length", () => {
    const half = (letter: string, wild: (fixed: string) => string) =>
      Array.from({ length: 100 }, (_, index) => wild(`${letter}${index}:x:x:x`));
    const shared = anyScopes.intersect(
      half("a", (fixed) => `${fixed}:*:*:*:*`),
      half("b", (fixed) => `*:*:*:*:${fixed}`),
    );
    expect(shared).toHaveLength(10_000);
  });
});

describe("exceeding and attenuate", () => {
  it("what exceeds nothing covers nothing beyond: a child is covered by its parent", () => {
    fc.assert(
      fc.property(catalogues, smallGrants, smallGrants, (catalogue, parent, child) => {
        const within = child.filter((grant) => !catalogue.exceeding(parent, child).includes(grant));
        const beyond = coveredBy(catalogue, within).filter((scope) => !catalogue.covers(parent, scope));
        expect(beyond).toEqual([]);
      }),
    );
  });

  it("stays so whatever scopes the catalogue gains", () => {
    fc.assert(
      fc.property(smallCatalogue, fc.array(smallScope), smallGrants, smallGrants, (small, gained, parent, child) => {
        const within = child.filter((grant) => !small.catalogue.exceeding(parent, child).includes(grant));
        const { catalogue } = declare([...small.scopes, ...gained], small.implies);
        expect(coveredBy(catalogue, within).filter((scope) => !catalogue.covers(parent, scope))).toEqual([]);
      }),
    );
  });

  it("nothing exceeds needlessly: each that does would reach beyond, at the latest when the catalogue has every scope", () => {
    fc.assert(
      fc.property(smallCatalogue, smallGrants, smallGrants, (small, parent, child) => {
        const { catalogue } = declare(SMALL_WORLD, small.implies);
        const exceeding = small.catalogue.exceeding(parent, child);
        // A scope that the catalogue does not know is never within: nothing grants it.
        const possible = exceeding.filter((grant) => grant.includes("*") || small.catalogue.has(grant));
        const needless = possible.filter((grant) =>
          coveredBy(catalogue, [grant]).every((scope) => catalogue.covers(parent, scope)),
        );
        expect(needless).toEqual([]);
      }),
    );
  });

  it("grants exceed neither themselves nor what they are joined to, as far as the catalogue allows them", () => {
    fc.assert(
      fc.property(catalogues, smallGrants, smallGrants, (catalogue, granted, more) => {
        const allowed = granted.filter((grant) => catalogue.allows(grant));
        expect(catalogue.exceeding([...more, ...granted], allowed)).toEqual([]);
      }),
    );
  });

  it("what is attenuated exceeds neither the bound nor what it was made of, and covers all that both do", () => {
    fc.assert(
      fc.property(catalogues, smallGrants, smallGrants, (catalogue, bound, granted) => {
        const left = catalogue.attenuate(bound, granted);
        expect(catalogue.exceeding(bound, left)).toEqual([]);
        expect(catalogue.exceeding(granted, left)).toEqual([]);
        expect(coveredBy(catalogue, left)).toEqual(common(coveredBy(catalogue, bound), coveredBy(catalogue, granted)));
      }),
    );
  });

  it("a bound that is absent is unbounded, one that is empty is nothing, and so are grants", () => {
    fc.assert(
      fc.property(catalogues, smallGrants, (catalogue, granted) => {
        expect(catalogue.exceeding(null, granted)).toEqual([]);
        expect(catalogue.attenuate(null, granted)).toEqual(granted);
        expect(catalogue.exceeding([], granted)).toEqual([...new Set(granted)]);
        expect(catalogue.attenuate([], granted)).toEqual([]);
        expect(catalogue.exceeding([], [])).toEqual([]);
      }),
    );
  });
});

describe("a scope that is added to the catalogue", () => {
  it("joins existing grants only by a wildcard among them or an implication declared later, and changes no other scope", () => {
    const later = fc.tuple(smallScope, fc.array(smallScope, { maxLength: 3 }));
    fc.assert(
      fc.property(smallCatalogue, later, smallGrants, (small, [added, impliers], granted) => {
        fc.pre(!small.scopes.includes(added));
        const declaredLater = impliers
          .filter((scope) => small.scopes.includes(scope))
          .map((scope) => [scope, added] as const);
        const { catalogue } = declare([...small.scopes, added], [...small.implies, ...declaredLater]);
        const earlier = granted.filter((grant) => small.catalogue.allows(grant) || grant.includes("*"));
        const byWildcard = earlier.some((grant) => grant.includes("*") && oracleMatches(grant, added));
        const byImplication = declaredLater.some(([scope]) => small.catalogue.covers(earlier, scope));
        expect(catalogue.covers(earlier, added)).toBe(byWildcard || byImplication);
        expect(coveredBy(catalogue, earlier).filter((scope) => scope !== added)).toEqual(
          coveredBy(small.catalogue, earlier),
        );
      }),
    );
  });
});

describe("coveringGrants", () => {
  it("are the grants that cover: covers(granted, scope) exactly when granted holds one of them", () => {
    fc.assert(
      fc.property(catalogues, smallGrants, (catalogue, granted) => {
        const bySearch = SMALL_WORLD.filter((scope) => {
          const covering = new Set(catalogue.coveringGrants(scope));
          return granted.some((grant) => covering.has(grant));
        });
        expect(bySearch).toEqual(coveredBy(catalogue, granted));
      }),
    );
  });

  it("are at most 511 for each scope that implies it, each once", () => {
    const deep = defineScopes(["a:b:c:d:e:f:g:h", "i:j:k:l:m:n:o:p"], {
      implies: { "i:j:k:l:m:n:o:p": ["a:b:c:d:e:f:g:h"] },
    });
    const covering = deep.coveringGrants("a:b:c:d:e:f:g:h");
    expect(new Set(covering).size).toBe(covering.length);
    expect(covering.length).toBeLessThanOrEqual(2 * 511);
    expect(anyScopes.coveringGrants("invoices:read")).toHaveLength(7);
  });

  it("are none for a wildcard, for what is no scope, and for what the catalogue does not know", () => {
    const catalogue = defineScopes({ invoices: ["read"] });
    for (const scope of ["invoices:*", "**", "", "Invoices:read", "invoices:write"]) {
      expect(catalogue.coveringGrants(scope)).toEqual([]);
    }
    expect(anyScopes.coveringGrants("*")).toEqual([]);
  });
});

describe("allows", () => {
  it("holds for a grant exactly when it takes in at least one scope that there is", () => {
    fc.assert(
      fc.property(smallCatalogue, smallGrant, ({ scopes, catalogue }, grant) => {
        expect(catalogue.allows(grant)).toBe(scopes.some((scope) => oracleMatches(grant, scope)));
      }),
    );
  });

  it("holds without a catalogue for whatever is well-formed, and for nothing else", () => {
    fc.assert(fc.property(smallGrant, (grant) => anyScopes.allows(grant)));
    for (const malformed of ["", "**:a", "a*", "A", "a:**:b"]) expect(anyScopes.allows(malformed)).toBe(false);
  });
});
