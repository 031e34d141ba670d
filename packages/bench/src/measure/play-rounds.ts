import { setImmediate as turn } from "node:timers/promises";
import { type Numbers, shuffled } from "../tokens/numbers.js";
import type { Entrant, Measure, Series } from "./measure.js";

/** How long a scenario is played. */
export interface Pace {
  readonly rounds: number;
  /** Rounds before these that count for nothing: the compiler and the caches get to know everyone. */
  readonly warmUps: number;
  /** How long each contestant works in a round, about. */
  readonly segmentMs: number;
}

/** Every contestant once a round, in another order each time, so that none always follows the same one. */
export async function playRounds(entrants: readonly Entrant[], pace: Pace, numbers: Numbers): Promise<Series> {
  const series = Object.fromEntries(entrants.map(({ name }): [string, Measure[]] => [name, []]));
  for (let round = -pace.warmUps; round < pace.rounds; round += 1) {
    for (const entrant of shuffled(entrants, numbers)) {
      // What was started behind the last one's answers, such as a flush, gets its turn outside of anyone's time.
      await turn();
      globalThis.gc?.({ type: "minor" });
      const measure = await entrant.run(round, pace.segmentMs);
      if (round >= 0) series[entrant.name]?.push(measure);
    }
  }
  return series;
}
