/** Names that a process has dealt with and need not deal with again, up to a bound. */
export interface SeenNames {
  /** Whether the name is to be dealt with now; it is remembered then. */
  admit(name: string): boolean;
  /** The name was not dealt with after all. */
  forget(name: string): void;
}

/**
 * @param whenFull `refuse` admits nothing new any more, so that a client who walks through more names than that gains
 *   nothing; `startOver` forgets all, where it does no harm to deal with a name again
 */
export function createSeenNames(maxNames: number, whenFull: "refuse" | "startOver"): SeenNames {
  const names = new Set<string>();
  return {
    admit(name) {
      if (names.has(name)) return false;
      if (names.size >= maxNames) {
        if (whenFull === "refuse") return false;
        names.clear();
      }
      names.add(name);
      return true;
    },
    forget: (name) => void names.delete(name),
  };
}
