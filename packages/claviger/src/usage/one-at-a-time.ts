/** A job of which at most one run is under way. */
export interface OneAtATime {
  /**
   * Runs the job. While a run is under way, the next one begins after it, whatever came of it, and all who called
   * meanwhile share that: each call is followed by a whole run.
   */
  run(): Promise<void>;
  isRunning(): boolean;
}

/** @param job asynchronous: it never throws at once */
export function oneAtATime(job: () => Promise<void>): OneAtATime {
  let running: Promise<void> | undefined;
  let following: Promise<void> | undefined;

  function run(): Promise<void> {
    if (running === undefined) {
      running = job().finally(() => {
        running = undefined;
      });
      return running;
    }
    following ??= running
      .catch(() => undefined)
      .then(() => {
        following = undefined;
        return run();
      });
    return following;
  }

  return { run, isRunning: () => running !== undefined };
}
