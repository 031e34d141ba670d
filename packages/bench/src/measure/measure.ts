/** What one contestant did in one round. */
export interface Measure {
  /** Answers a second. */
  readonly perSecond: number;
  /** The time within which 99 of 100 answers came, where calls ran side by side. Ms. */
  readonly p99Ms?: number;
}

/** One contestant within a scenario. */
export interface Entrant {
  readonly name: string;
  /** Works for about the given time. What an odd job needs besides is not in the measure. */
  run(round: number, segmentMs: number): Promise<Measure>;
}

/** What the contestants of a scenario did, round by round. */
export type Series = Readonly<Record<string, readonly Measure[]>>;
