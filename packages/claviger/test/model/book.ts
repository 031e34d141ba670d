import type { FakeClock } from "@claviger/testing";
import type fc from "fast-check";
import type { Keyring } from "../../src/keyring.js";
import type { ModelKey } from "./model.js";

/** What the model knows of the keys that were made, in that order. */
export interface Book {
  readonly keys: Entry[];
}

export interface Entry {
  readonly id: string;
  readonly key: ModelKey;
  /** Every token that was ever handed out for the key. */
  readonly tokens: string[];
}

/** How many live keys the owner may hold in a story. */
export const MAX_KEYS = 3;

/** Keyrings over one store, as processes have them, on one clock. */
export interface Real {
  /** Of all keys of the story, and of no other. */
  readonly owner: string;
  readonly keyrings: readonly Keyring[];
  readonly clock: FakeClock;
}

export type Command = fc.AsyncCommand<Book, Real>;

/** One of several, whatever the number. */
export function chosen<T>(among: readonly T[], number: number): T {
  const one = among[number % among.length];
  if (one === undefined) throw new Error("nothing to choose from");
  return one;
}
