import { type Contestant, prove } from "../contestant.js";
import { seededNumbers } from "../tokens/numbers.js";
import type { Entrant } from "./measure.js";
import { quantile } from "./statistics.js";

/**
 * A closed loop: so many callers at once, each of which asks again as soon as it has its answer. Random order over all
 * keys.
 *
 * @param callers at least 1
 */
export async function sideBySide(contestant: Contestant, callers: number): Promise<Entrant> {
  await prove(contestant);
  const { name, asked, accepts } = contestant;
  return {
    name,
    async run(round, segmentMs) {
      const numbers = seededNumbers(round);
      const latenciesMs: number[] = [];
      const beganAt = performance.now();
      const endsAt = beganAt + segmentMs;
      const caller = async (): Promise<void> => {
        let askedAt = performance.now();
        while (askedAt < endsAt) {
          const answer = await contestant.verify(asked.fresh(numbers(asked.size)));
          if (!accepts(answer)) throw new Error(`${name} kept a good token out while it was timed`);
          const answeredAt = performance.now();
          latenciesMs.push(answeredAt - askedAt);
          askedAt = answeredAt;
        }
      };
      await Promise.all(Array.from({ length: callers }, caller));
      await contestant.finish?.();
      const elapsedMs = performance.now() - beganAt;
      const p99Ms = quantile(Float64Array.from(latenciesMs).sort(), 0.99);
      return { perSecond: (latenciesMs.length * 1_000) / elapsedMs, p99Ms };
    },
  };
}
