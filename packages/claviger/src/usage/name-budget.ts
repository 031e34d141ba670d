const DAY_MS = 86_400_000;

/** Decides which names are told apart, where a client can bring as many as it likes. */
export interface NameBudget {
  /** Whether a key's name is kept as it is; the same one always is again on the same day (UTC). */
  admit(keyId: string, name: string, nowMs: number): boolean;
}

/**
 * @param maxPerKey names a key and day
 * @param maxNames remembered over all keys; beyond, everything is forgotten, and keys may bring as many again
 */
export function createNameBudget(maxPerKey: number, maxNames: number): NameBudget {
  const namesOf = new Map<string, Set<string>>();
  let day = -1;
  let remembered = 0;

  function startOver(): void {
    namesOf.clear();
    remembered = 0;
  }

  return {
    admit(keyId, name, nowMs) {
      const today = Math.floor(nowMs / DAY_MS);
      if (today !== day) startOver();
      day = today;
      const known = namesOf.get(keyId);
      if (known?.has(name) === true) return true;
      if (known !== undefined && known.size >= maxPerKey) return false;
      if (remembered >= maxNames) startOver();
      remembered += 1;
      const names = namesOf.get(keyId);
      if (names === undefined) namesOf.set(keyId, new Set([name]));
      else names.add(name);
      return true;
    },
  };
}
