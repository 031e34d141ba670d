import { ownText } from "@claviger/core";

/** Values by name, at most so many: the names that were longest out of use go first, many at a time. */
export interface Generations<Value> {
  /** Counts as use. */
  get(name: string): Value | undefined;
  set(name: string, value: Value): void;
  delete(name: string): void;
  clear(): void;
  readonly size: number;
}

/**
 * Two maps take turns: what is used comes into the young one, and once that holds half of what is allowed, the old one is
 * dropped whole. So each act takes the same time however many names there are, and the half that was used last is there.
 *
 * @param maxSize at least 1
 */
export function createGenerations<Value>(maxSize: number): Generations<Value> {
  const half = Math.max(1, Math.floor(maxSize / 2));
  let young = new Map<string, Value>();
  let old = new Map<string, Value>();

  function set(name: string, value: Value): void {
    if (young.size >= half && !young.has(name)) {
      // Of one name alone there is no half to keep.
      old = maxSize > 1 ? young : old;
      young = new Map();
    }
    young.set(name, value);
    old.delete(name);
  }

  return {
    get(name) {
      const value = young.get(name);
      if (value !== undefined) return value;
      const aged = old.get(name);
      // A copy: the name may be cut from a longer text, and keep that in memory.
      if (aged !== undefined) set(ownText(name, 0, name.length), aged);
      return aged;
    },
    set,
    delete(name) {
      young.delete(name);
      old.delete(name);
    },
    clear() {
      young = new Map();
      old = new Map();
    },
    get size() {
      return young.size + old.size;
    },
  };
}
