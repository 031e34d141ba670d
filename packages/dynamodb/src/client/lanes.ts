/** Work of several callers on one thing, done together: one piece of it at a time, and nobody waits for company. */
export interface Lanes<Work, Result> {
  go(name: string, work: readonly Work[]): Promise<readonly Result[]>;
  isBusy(name: string): boolean;
}

interface Waiting<Work, Result> {
  readonly work: readonly Work[];
  readonly resolve: (results: readonly Result[]) => void;
  readonly reject: (error: unknown) => void;
}

/**
 * A lane for each name. What arrives while a lane is busy waits, and goes together once it is free; a lone caller goes
 * at once. Trouble is that of all who went together.
 *
 * @param act `follows`: the work has waited for other work to end
 */
export function createLanes<Work, Result>(
  act: (name: string, work: readonly Work[], follows: boolean) => Promise<readonly Result[]>,
): Lanes<Work, Result> {
  const lanes = new Map<string, Waiting<Work, Result>[]>();

  async function run(name: string, lane: Waiting<Work, Result>[]): Promise<void> {
    for (let follows = false; lane.length > 0; follows = true) {
      const together = lane.splice(0);
      try {
        const results = await act(
          name,
          together.flatMap(({ work }) => work),
          follows,
        );
        let first = 0;
        for (const { work, resolve } of together) {
          resolve(results.slice(first, first + work.length));
          first += work.length;
        }
      } catch (error) {
        for (const { reject } of together) reject(error);
      }
    }
    lanes.delete(name);
  }

  return {
    isBusy: (name) => lanes.has(name),
    go: (name, work) =>
      new Promise((resolve, reject) => {
        const busy = lanes.get(name);
        const lane = busy ?? [];
        lane.push({ work, resolve, reject });
        if (busy !== undefined) return;
        lanes.set(name, lane);
        void run(name, lane);
      }),
  };
}
