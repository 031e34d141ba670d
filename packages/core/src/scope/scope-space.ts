/** Which scopes exist and which imply which: all in which catalogues differ. */
export interface ScopeSpace<Scope extends string = string> {
  readonly scopes: readonly Scope[];
  readonly has: (scope: unknown) => scope is Scope;
  readonly allows: (grant: unknown) => grant is string;
  /** A scope itself first, then those that imply it, nearest first; each with the next one on its way to the scope. */
  readonly waysTo: (scope: string) => ReadonlyMap<string, string>;
}
