/** What each scope implies directly. */
export interface Implications {
  readonly [scope: string]: readonly string[];
}

/**
 * Follows implications to their ends. Cycles are harmless: the scopes on one imply each other.
 *
 * @returns by scope: it itself first, then those that imply it, nearest first; each with the next one on a shortest way
 */
export function waysToScopes(
  scopes: readonly string[],
  implies: Implications,
): ReadonlyMap<string, ReadonlyMap<string, string>> {
  const direct = new Map<string, string[]>(scopes.map((scope) => [scope, []]));
  for (const [implier, implied] of Object.entries(implies)) {
    for (const scope of implied) direct.get(scope)?.push(implier);
  }
  return new Map(scopes.map((scope) => [scope, waysTo(scope, direct)]));
}

function waysTo(scope: string, direct: ReadonlyMap<string, readonly string[]>): ReadonlyMap<string, string> {
  const next = new Map([[scope, scope]]);
  // A map's iterator visits what is added meanwhile, so this is a breadth-first walk.
  for (const reached of next.keys()) {
    for (const implier of direct.get(reached) ?? []) if (!next.has(implier)) next.set(implier, reached);
  }
  return next;
}
