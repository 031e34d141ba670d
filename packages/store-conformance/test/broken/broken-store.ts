import type { Store } from "@claviger/core";
import { memoryStore } from "@claviger/memory";
import type { StoreUnderTest } from "../../src/suite.js";

/** A store that is right but for one fault. */
export interface BrokenStore {
  /** What it does. */
  readonly fault: string;
  readonly create: () => Store | StoreUnderTest;
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

/** Makes stores of several handles over one memory, of which each is wrapped. */
export function handlesOver(wrap: (inner: Store) => Store): () => StoreUnderTest {
  return () => {
    const inner = memoryStore();
    return { store: wrap(inner), openAnother: () => wrap(inner) };
  };
}

/** Lets everyone else go first, as a round trip to a database would. */
export function roundTrip(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
