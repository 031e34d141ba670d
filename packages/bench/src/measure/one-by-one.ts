import { type Contestant, prove } from "../contestant.js";
import { seededNumbers } from "../tokens/numbers.js";
import type { TokenBook } from "../tokens/token-book.js";
import type { Entrant } from "./measure.js";

const MAX_CALLS = 20_000;
const TRIAL_CALLS = 20;

/** What every answer must be while the clock runs. */
export type Expected = "accepted" | "refused";

/**
 * One call after another, every answer awaited alike, whether it comes at once or later: what a verify costs where no
 * round trip hides it. The tokens are new strings in random order over all keys, made before the clock runs; contestants
 * with as many keys get the same order.
 */
export async function oneByOne(contestant: Contestant, expected: Expected = "accepted"): Promise<Entrant> {
  await prove(contestant);
  const { name, asked, accepts } = contestant;
  let callsPerMs = TRIAL_CALLS;
  return {
    name,
    async run(round, segmentMs) {
      const calls = Math.ceil(Math.min(Math.max(callsPerMs * segmentMs, 1), MAX_CALLS));
      const tokens = inRandomOrder(asked, calls, round);
      const beganAt = performance.now();
      const last = await askAll(contestant, tokens);
      await contestant.finish?.();
      const elapsedMs = performance.now() - beganAt;
      if (accepts(last) !== (expected === "accepted")) throw new Error(`${name} changed its mind while it was timed`);
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

function inRandomOrder(book: TokenBook, count: number, round: number): readonly string[] {
  const numbers = seededNumbers(round);
  return Array.from({ length: count }, () => book.fresh(numbers(book.size)));
}
