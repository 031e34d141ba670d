import fc, { type Arbitrary } from "fast-check";
import type { ScopeCatalogue } from "../../src/scope/catalogue.js";
import { defineScopes } from "../../src/scope/define-scopes.js";

/** A small world, in which "for every scope" can be tried out. `constructor` and `tostring` are names like any other. */
const SEGMENTS = ["a", "b", "constructor"] as const;
/** Grants of the small world have at most this many segments. */
const MAX_SEGMENTS = 3;

/** Every scope of up to `length` segments over these. */
export function everyScope(segments: readonly string[], length: number): readonly string[] {
  if (length === 1) return segments;
  const shorter = everyScope(segments, length - 1);
  return [...segments, ...segments.flatMap((segment) => shorter.map((rest) => `${segment}:${rest}`))];
}

/** Every scope that the small world's grants can tell apart: with a segment that none spells, and one more than they have. */
export const SMALL_WORLD: readonly string[] = everyScope([...SEGMENTS, "z"], MAX_SEGMENTS + 1);

export const smallScope: Arbitrary<string> = fc
  .array(fc.constantFrom(...SEGMENTS), { minLength: 1, maxLength: MAX_SEGMENTS })
  .map((segments) => segments.join(":"));

export const smallGrant: Arbitrary<string> = fc
  .tuple(
    fc.array(fc.constantFrom(...SEGMENTS, "*"), { maxLength: MAX_SEGMENTS - 1 }),
    fc.constantFrom(...SEGMENTS, "*", "**"),
  )
  .map(([segments, last]) => [...segments, last].join(":"));

export const smallGrants: Arbitrary<readonly string[]> = fc.array(smallGrant, { maxLength: 5 });

/** What a grant takes in, said by a regular expression: the oracle of the walk over segments. */
export function oracleMatches(grant: string, scope: string): boolean {
  const pattern = grant
    .split(":")
    .map((segment) => (segment === "**" ? ".+" : segment === "*" ? "[^:]+" : segment.replaceAll(".", "\\.")))
    .join(":");
  return new RegExp(`^${pattern}$`).test(scope);
}

export interface SmallCatalogue {
  readonly scopes: readonly string[];
  readonly implies: readonly (readonly [implier: string, implied: string])[];
  readonly catalogue: ScopeCatalogue;
}

/** A catalogue of a few scopes with a few implications among them, chains and cycles included. */
export const smallCatalogue: Arbitrary<SmallCatalogue> = fc
  .uniqueArray(smallScope, { minLength: 1, maxLength: 8 })
  .chain((scopes) => {
    const scope = fc.constantFrom(...scopes);
    return fc.array(fc.tuple(scope, scope), { maxLength: 6 }).map((implies) => declare(scopes, implies));
  });

export function declare(scopes: readonly string[], implies: SmallCatalogue["implies"]): SmallCatalogue {
  const byImplier = new Map<string, string[]>();
  for (const [implier, implied] of implies) byImplier.set(implier, [...(byImplier.get(implier) ?? []), implied]);
  return { scopes, implies, catalogue: defineScopes(scopes, { implies: Object.fromEntries(byImplier) }) };
}

/** Everything that grants cover, worked out by adding what is implied until nothing is added. */
export function oracleCovered({ scopes, implies }: SmallCatalogue, granted: readonly string[]): ReadonlySet<string> {
  const covered = new Set(scopes.filter((scope) => granted.some((grant) => oracleMatches(grant, scope))));
  for (let before = -1; before < covered.size; ) {
    before = covered.size;
    for (const [implier, implied] of implies) if (covered.has(implier)) covered.add(implied);
  }
  return covered;
}
