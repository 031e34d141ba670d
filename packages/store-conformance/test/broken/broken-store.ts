import type { Store } from "@claviger/core";
import { memoryStore } from "@claviger/memory";

/** A store that is right but for one fault. */
export interface BrokenStore {
  /** What it does. */
  readonly fault: string;
  readonly create: () => Store;
  /** The titles of the tests that must fail on it. */
  readonly caughtBy: readonly string[];
}

/** Makes stores that are memory's but for some members. */
export function memoryBut(change: (inner: Store) => Partial<Store>): () => Store {
  return () => {
    const inner = memoryStore();
    return { ...inner, ...change(inner) };
  };
}

/** Lets everyone else go first, as a round trip to a database would. */
export function roundTrip(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
