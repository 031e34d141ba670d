/** One house rule. `run` throws where it could not look at all. */
export interface Check {
  readonly name: string;
  run(): Outcome | Promise<Outcome>;
}

export interface Outcome {
  /** What was looked at, in a few words. A check that found nothing to look at says so here, with a number. */
  readonly summary: string;
  /** One line each, beginning with the place where there is one. */
  readonly problems: readonly string[];
}
