import type { Store } from "@claviger/core";
import { type Caller, callerOver } from "../processes/caller.js";
import { openWorker } from "../processes/open-worker.js";
import type { StoreUnderTest, Suite } from "../suite.js";

/** Where a race is run. */
export interface Course {
  /** For preparing, and for looking at what came of it. */
  readonly store: Store;
  /** Through one store, or several, or in several processes. */
  readonly callers: readonly Caller[];
}

/** The callers by turns. */
export function callerAt({ callers }: Course, index: number): Caller {
  const caller = callers[index % callers.length];
  if (caller === undefined) throw new Error("a race needs a caller");
  return caller;
}

/** Acts that come at the same time, and what must be true whichever comes first. */
export interface Race {
  /** What is promised. */
  readonly title: string;
  readonly run: (course: Course) => Promise<void>;
}

/** As many acts as come at once: at least so many connections should a store under test have. */
export const AT_ONCE = 24;

const ROUNDS = 3;
const ROUNDS_OF_PROCESSES = 2;
const HANDLES = 3;
const PROCESSES = 4;

/** Declares a race: through one store, and through three over the same data where the subject can open another. */
export function raceThroughHandles({ title, run }: Race): (suite: Suite) => void {
  return ({ it, createSubject }) => {
    it(title, async () => {
      const subject = await createSubject();
      const { store } = subject;
      await inHandles(subject, async (callers) => {
        for (let round = 0; round < ROUNDS; round += 1) {
          await run({ store, callers: callers.slice(0, 1) });
          if (callers.length > 1) await run({ store, callers });
        }
      });
    });
  };
}

/** Declares all of the races once more, for four callers that know nothing of each other. */
export function racesThroughProcesses(races: readonly Race[]): (suite: Suite) => void {
  return ({ it, createSubject }) => {
    it("the races come out alike for four callers, each in a process of its own where the subject has a way", async () => {
      const subject = await createSubject();
      const { store } = subject;
      await inFour(subject, async (callers) => {
        for (const { title, run } of races) {
          for (let round = 0; round < ROUNDS_OF_PROCESSES; round += 1) {
            await run({ store, callers }).catch(throwNamed(title));
          }
        }
      });
    });
  };
}

/** Callers in this process: one for each store that the subject has, or can open, over its data. Closes what it opened. */
export async function inHandles<Result>(
  { store, openAnother }: StoreUnderTest,
  work: (callers: readonly Caller[]) => Promise<Result>,
): Promise<Result> {
  const others: Store[] = [];
  try {
    for (let opened = 1; opened < HANDLES && openAnother !== undefined; opened += 1) others.push(await openAnother());
    return await settledAfter([store, ...others].map(callerOver), work);
  } finally {
    await Promise.all(others.map((other) => other.close()));
  }
}

/**
 * Four callers: each in a process of its own, where the subject says how one opens the data there; else each with a
 * keyring of its own over the subject's store.
 */
export function inFour<Result>(
  { store, process }: StoreUnderTest,
  work: (callers: readonly Caller[]) => Promise<Result>,
): Promise<Result> {
  if (process !== undefined) return inProcesses(process, work);
  return settledAfter(
    Array.from({ length: PROCESSES }, () => callerOver(store)),
    work,
  );
}

/** Leaves nothing under way in this process, so that no keyring writes to a store that is closed. */
function settledAfter<Result>(
  callers: readonly Caller[],
  work: (callers: readonly Caller[]) => Promise<Result>,
): Promise<Result> {
  return work(callers).finally(() => Promise.allSettled(callers.map((caller) => caller({ verb: "settle" }))));
}

/** Callers in other processes, which end when the work does. */
async function inProcesses<Result>(
  entry: NonNullable<StoreUnderTest["process"]>,
  work: (callers: readonly Caller[]) => Promise<Result>,
): Promise<Result> {
  const opening = await Promise.allSettled(Array.from({ length: PROCESSES }, () => openWorker(entry)));
  const workers = opening.flatMap((opened) => (opened.status === "fulfilled" ? [opened.value] : []));
  try {
    for (const opened of opening) if (opened.status === "rejected") throw opened.reason;
    return await work(workers.map(({ call }) => call));
  } finally {
    await Promise.all(workers.map(({ end }) => end()));
  }
}

function throwNamed(title: string): (error: unknown) => never {
  return (cause) => {
    throw new Error(`for four callers: ${title}: ${cause instanceof Error ? cause.message : cause}`, { cause });
  };
}
