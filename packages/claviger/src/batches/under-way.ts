import { subjectsOf } from "./call.js";
import type { Load } from "./portions.js";
import type { Ticker } from "./ticker.js";

/** A batch that has taken longer may hang, and keeps no lane from others. */
const BRISK_TICKS = 1;

/** What is asked together. */
export interface Batch<Call> {
  readonly calls: readonly Call[];
  /** Once they were asked for. A set a batch: of one for all, V8 would keep what has left it until the next full collection. */
  subjects: ReadonlySet<string> | undefined;
  /** By the ticker. */
  readonly departedAt: number;
}

/** The batches that have been sent and not answered yet. */
export interface UnderWay<Call> {
  isEmpty(): boolean;
  add(calls: readonly Call[]): Batch<Call>;
  /** @returns whether it was there: a batch that is not has been given up, and its lane is another's */
  remove(batch: Batch<Call>): boolean;
  load(): Load;
  /** Whether any call is about this. */
  isAbout(subject: string): boolean;
  /** As they are now. */
  batches(): readonly Batch<Call>[];
}

export function createUnderWay<Call extends { readonly subject: string }>(
  ticker: Pick<Ticker, "ticks">,
): UnderWay<Call> {
  const batches: Batch<Call>[] = [];

  return {
    isEmpty: () => batches.length === 0,
    add(calls) {
      const batch: Batch<Call> = { calls, subjects: undefined, departedAt: ticker.ticks() };
      batches.push(batch);
      return batch;
    },
    remove(batch) {
      const index = batches.indexOf(batch);
      if (index === -1) return false;
      batches.splice(index, 1);
      return true;
    },
    load() {
      const now = ticker.ticks();
      let brisk = 0;
      let calls = 0;
      for (const batch of batches) {
        if (now - batch.departedAt > BRISK_TICKS) continue;
        brisk += 1;
        calls += batch.calls.length;
      }
      return { calls, brisk, batches: batches.length };
    },
    isAbout: (subject) =>
      batches.some((batch) => {
        batch.subjects ??= subjectsOf(batch.calls);
        return batch.subjects.has(subject);
      }),
    batches: () => [...batches],
  };
}
