import type { Entrant } from "./measure/measure.js";

/** How big a run is. */
export interface Scale {
  /** Keys in a database. */
  readonly storedKeys: number;
  /** Keys of a contestant that takes long to make one. */
  readonly peerKeys: number;
  /** How long each contestant works in a round, about. */
  readonly segmentMs: number;
  /** Rounds of a scenario, unless one of its bounds lies so near to 1 that it wants more. */
  readonly rounds: number;
  readonly roundsNearOne: number;
  readonly warmUps: number;
}

/** What a scenario is given to work with. */
export interface World {
  readonly scale: Scale;
  /** Of a PostgreSQL database that is the run's own. */
  readonly postgresUrl: string;
  /** Of a server that speaks DynamoDB's API. */
  readonly dynamoEndpoint: string;
}

/** A figure that no round is needed for. */
export interface Fact {
  readonly about: string;
  readonly figure: number;
  readonly unit: string;
}

/** A scenario's contestants, ready to be timed. */
export interface Lineup {
  readonly entrants: readonly Entrant[];
  readonly facts?: readonly Fact[];
  /** Instead of the scale's. */
  readonly segmentMs?: number;
  close(): Promise<void>;
}

/** Contestants in one situation, compared within one process. */
export interface Scenario {
  readonly name: string;
  /** Heads its table: what is done, over how many keys. */
  readonly title: string;
  /** The contestant that the others are shown beside. */
  readonly against: string;
  /** What tables show: how long one answer takes, or how many there are a second. */
  readonly shows: "time" | "throughput";
  readonly needs: "nothing" | "postgres" | "dynamodb";
  /** Left out of a quick run. */
  readonly isLong?: true;
  open(world: World): Promise<Lineup>;
}

/** Closes everything, the last first. */
export async function closeAll(closables: readonly { close(): Promise<unknown> }[]): Promise<void> {
  for (const closable of closables.toReversed()) await closable.close();
}
