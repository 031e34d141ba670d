import { boundsOf, isNearOne } from "./bounds.js";
import type { Series } from "./measure/measure.js";
import { playRounds } from "./measure/play-rounds.js";
import type { Fact, Scenario, World } from "./scenario.js";
import { seededNumbers } from "./tokens/numbers.js";

/** What a scenario has come to. */
export interface Played {
  readonly series: Series;
  readonly facts: readonly Fact[];
}

/** Opens a scenario, plays as many rounds as its bounds ask for, and closes it. */
export async function playScenario(scenario: Scenario, world: World): Promise<Played> {
  const { rounds, roundsNearOne, warmUps, segmentMs } = world.scale;
  const isNear = boundsOf(scenario.name).some(isNearOne);
  const lineup = await scenario.open(world);
  try {
    const pace = { rounds: isNear ? roundsNearOne : rounds, warmUps, segmentMs: lineup.segmentMs ?? segmentMs };
    return { series: await playRounds(lineup.entrants, pace, seededNumbers(0)), facts: lineup.facts ?? [] };
  } finally {
    await lineup.close();
  }
}
