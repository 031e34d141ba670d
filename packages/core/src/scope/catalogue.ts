/**
 * The scopes that there are, and what granting one means. `granted` and the other lists of grants may be in any order
 * and hold repetitions; what is malformed in them grants nothing. No method throws for what a list holds.
 */
export interface ScopeCatalogue<Scope extends string = string> {
  /** All scopes, in declared order. Empty where any well-formed scope exists. */
  readonly scopes: readonly Scope[];

  /** Whether there is such a scope. */
  has(scope: string): scope is Scope;

  /** Whether something may be granted: a scope that there is, or a wildcard that takes in at least one. */
  allows(grant: string): boolean;

  /**
   * Whether the grants cover a scope: one of them is that scope, takes it in by wildcard, or does so with a scope that
   * implies it. Never for what is no scope of the catalogue, and never for a wildcard.
   */
  covers(granted: readonly string[], required: string): boolean;

  /** Which required scopes the grants do not cover, each once, in order. */
  missing(granted: readonly string[], required: readonly string[]): readonly string[];

  /** A sentence for people: which grant covers the scope, through which implication, or what is missing. */
  explain(granted: readonly string[], required: string): string;

  /** Grants that cover a scope exactly when both `a` and `b` do. */
  intersect(a: readonly string[], b: readonly string[]): readonly string[];

  /**
   * The grants that reach beyond a bound. A wildcard also takes in scopes that the catalogue gains later, so only
   * wildcards keep it within; a scope may be kept within by an implication too.
   *
   * @param bound null: no bound. Empty: nothing is within
   */
  exceeding(bound: readonly string[] | null, granted: readonly string[]): readonly string[];

  /**
   * What a bound leaves of grants: they themselves without one, else their intersection. Nothing of the result exceeds
   * the bound.
   *
   * @param bound null: no bound. Empty: nothing is left
   */
  attenuate(bound: readonly string[] | null, granted: readonly string[]): readonly string[];

  /**
   * Every grant that covers a scope by itself, so that `covers(granted, scope)` is the same as "`granted` holds one of
   * these". At most 511 for the scope and as many for each that implies it; 7 each for `invoices:read`.
   */
  coveringGrants(scope: string): readonly string[];
}
