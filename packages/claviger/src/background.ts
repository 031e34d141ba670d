/** Work that no caller waits for. */
export interface Background {
  /**
   * Runs a job, unless one of the same name is under way. Its failure is nobody's: a job must be harmless to lose, and
   * be done again by whoever comes next.
   */
  runOnce(name: string, job: () => Promise<void>): void;
  /** Resolves when the jobs under way have settled. */
  settled(): Promise<void>;
}

export function createBackground(): Background {
  const jobs = new Map<string, Promise<void>>();
  return {
    runOnce(name, job) {
      if (jobs.has(name)) return;
      const running = job()
        .catch(() => undefined)
        .finally(() => jobs.delete(name));
      jobs.set(name, running);
    },
    async settled() {
      await Promise.all(jobs.values());
    },
  };
}
