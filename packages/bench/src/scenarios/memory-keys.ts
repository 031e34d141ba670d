import type { LimitInput, Store } from "@claviger/core";
import { memoryStore } from "@claviger/memory";
import type { Given } from "../contestant.js";
import { badTokens, type MadeUp, madeUpTokens } from "../tokens/made-up.js";
import { copyOf, sampleInsertion } from "../tokens/sample.js";
import { type TokenBook, tokenBook } from "../tokens/token-book.js";

const SEED = 1;
const KEYS_PER_OWNER = 100;
const PROVED = 20;

/** Keys in this process's memory. */
export interface MemoryKeys {
  readonly given: Given;
  /** All tokens again, one after another. */
  tokens(): Iterable<string>;
  store(limits?: readonly LimitInput[]): Promise<Store>;
}

export function memoryKeys(count: number): MemoryKeys {
  const tokens = (): Iterable<string> => textsOf(madeUpTokens(count, SEED));
  return {
    given: givenOf([...madeUpTokens(Math.min(count, PROVED), SEED)], tokenBook(tokens())),
    tokens,
    async store(limits = []) {
      const sample = await sampleInsertion(limits);
      const store = memoryStore();
      // By id, as the store keeps them: each goes to the end of its list, where in any order a million would take minutes.
      const byId = [...madeUpTokens(count, SEED)].sort((a, b) => (a.id < b.id ? -1 : 1));
      for (const [index, madeUp] of byId.entries())
        await store.insert(...copyOf(sample, madeUp, `user_${Math.floor(index / KEYS_PER_OWNER)}`, index));
      return store;
    },
  };
}

/** @param proved good ones, at least one */
export function givenOf(proved: readonly MadeUp[], asked: TokenBook): Given {
  return { asked, proof: { good: proved.map(({ token }) => token), bad: proved.flatMap(badTokens) } };
}

export function* textsOf(madeUp: Iterable<MadeUp>): Generator<string> {
  for (const { token } of madeUp) yield token;
}
