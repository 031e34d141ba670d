import { type Contestant, prove } from "../contestant.js";
import { type Numbers, seededNumbers } from "../tokens/numbers.js";
import type { TokenBook } from "../tokens/token-book.js";
import type { Entrant } from "./measure.js";

/** So many tokens are made at a time: more would be copied by a collection of garbage that falls into the timed part. */
const CHUNK = 20_000;
const TRIAL_CALLS = 20;

/** What every answer must be while the clock runs. */
export type Expected = "accepted" | "refused";

/**
 * One call after another, every answer awaited alike, whether it comes at once or later: what a verify costs where no
 * round trip hides it. The tokens are new strings in random order over all keys, made while the clock stands; contestants
 * with as many keys get the same order. Garbage is collected when it must be: who makes it pays for that.
 */
export async function oneByOne(contestant: Contestant, expected: Expected = "accepted"): Promise<Entrant> {
  await prove(contestant);
  const { name, asked, accepts } = contestant;
  let callsPerMs = TRIAL_CALLS;
  return {
    name,
    async run(round, segmentMs) {
      const calls = Math.ceil(Math.max(callsPerMs * segmentMs, 1));
      const numbers = seededNumbers(round);
      let elapsedMs = 0;
      for (let left = calls; left > 0; left -= CHUNK) {
        const tokens = inRandomOrder(asked, Math.min(left, CHUNK), numbers);
        const beganAt = performance.now();
        const last = await askAll(contestant, tokens);
        if (left <= CHUNK) await contestant.finish?.();
        elapsedMs += performance.now() - beganAt;
        if (accepts(last) !== (expected === "accepted")) throw new Error(`${name} changed its mind while it was timed`);
      }
      callsPerMs = calls / elapsedMs;
      return { perSecond: callsPerMs * 1_000 };
    },
  };
}

async function askAll(contestant: Contestant, tokens: readonly string[]): Promise<unknown> {
  let answer: unknown;
  for (const token of tokens) answer = await contestant.verify(token);
  return answer;
}

function inRandomOrder(book: TokenBook, count: number, numbers: Numbers): readonly string[] {
  return Array.from({ length: count }, () => book.fresh(numbers(book.size)));
}
