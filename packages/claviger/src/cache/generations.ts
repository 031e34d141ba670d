import { ownText } from "@claviger/core";

/** What a generation is kept in: a `Map`, or what does for one. */
export interface Names<Value> {
  get(name: string): Value | undefined;
  set(name: string, value: Value): unknown;
  delete(name: string): unknown;
  readonly size: number;
}

/** Values by name, at most so many: the names that were longest out of use go first, many at a time. */
export interface Generations<Value, Kept extends Names<Value> = Map<string, Value>> {
  /** Counts as use. */
  get(name: string): Value | undefined;
  set(name: string, value: Value): void;
  delete(name: string): void;
  clear(): void;
  readonly size: number;
  /** What was used last, and what may be dropped next: to look for what goes by no name. That does not count as use. */
  readonly young: Kept;
  readonly old: Kept;
}

/**
 * Two maps take turns: what is used comes into the young one, and once that holds half of what is allowed, the old one is
 * dropped whole. So each act takes the same time however many names there are, and the half that was used last is there.
 *
 * @param maxSize at least 1
 */
export function createGenerations<Value>(maxSize: number): Generations<Value> {
  return generationsOf(maxSize, () => new Map<string, Value>());
}

/** @param create an empty place for a generation */
export function generationsOf<Value, Kept extends Names<Value>>(
  maxSize: number,
  create: () => Kept,
): Generations<Value, Kept> {
  const half = Math.max(1, Math.floor(maxSize / 2));
  let young = create();
  let old = create();

  function set(name: string, value: Value): void {
    if (young.size >= half && young.get(name) === undefined) {
      // Of one name alone there is no half to keep.
      old = maxSize > 1 ? young : old;
      young = create();
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
      young = create();
      old = create();
    },
    get size() {
      return young.size + old.size;
    },
    get young() {
      return young;
    },
    get old() {
      return old;
    },
  };
}
