import type { Database } from "../client/database.js";
import { inTurns } from "../client/in-turns.js";
import { addressOf } from "../client/item.js";
import { createLanes } from "../client/lanes.js";
import { applyWork } from "./apply-work.js";
import { doWork, type Writer } from "./do-work.js";
import { type Errand, sortByKey } from "./errand.js";
import { createLastSeen } from "./last-seen.js";
import { fromMetersItem } from "./meters-item.js";
import { isQuestion, isRefund, type Outcome, type Work } from "./work.js";

const KEYS_REMEMBERED = 10_000;

/** Does work on the meters of any number of keys. */
export type KeyLanes = (work: readonly Work[]) => Promise<readonly Outcome[]>;

/**
 * A lane a key: at most one write of this process is under way to it, and what comes meanwhile goes with the next.
 *
 * Before that, what a call has to read is read for all of its keys together: those that this process has not seen, and
 * those where by what it saw last there is nothing to write. Where there is none by what was read, that was all.
 *
 * @param writerName of this store in this process, without a colon
 * @returns what never rejects; one outcome for each piece of work, in order: the trouble of one key is not that of another
 */
export function createKeyLanes(database: Database, writerName: string): KeyLanes {
  const lastSeen = createLastSeen(KEYS_REMEMBERED);
  const writer = createWriter(writerName);
  const lanes = createLanes<Work, Outcome>((_, work, follows) => doWork(database, lastSeen, writer, work, follows));

  function mustBeRead({ address: { pk }, work }: Errand): boolean {
    if (work.every(isQuestion)) return true;
    // Read for by its lane, which takes none of this process's guesses for it.
    if (work.some(isRefund)) return false;
    const seen = lastSeen.get(pk);
    // One whose lane is busy will be seen in a moment.
    return seen === undefined ? !lanes.isBusy(pk) : !applyWork(seen, work).changed;
  }

  /** Tells what became of those errands for which there was nothing to write, and of those that could not be read. */
  async function readAll(errands: readonly Errand[]): Promise<ReadonlyMap<Errand, readonly Outcome[]>> {
    const { items, unread, cause } = await database.getSome(errands.map(({ address }) => address));
    const found = new Map(items.map((item) => [addressOf(item).pk, item]));
    const ended = new Map<Errand, readonly Outcome[]>();
    for (const errand of errands) {
      const { pk } = errand.address;
      if (unread.has(pk)) {
        ended.set(errand, allFailed(errand.work, cause));
        continue;
      }
      const state = fromMetersItem(found.get(pk));
      const { changed, outcomes } = applyWork(state, errand.work);
      if (!changed) ended.set(errand, outcomes);
      if (!lanes.isBusy(pk) && (lastSeen.get(pk)?.revision ?? -1) < state.revision) lastSeen.set(pk, state);
    }
    return ended;
  }

  return async (work) => {
    const { errands, outcomes } = sortByKey(work);
    const read = await readAll(errands.filter(mustBeRead));
    await inTurns(errands, async (errand) => {
      const write = () => lanes.go(errand.address.pk, errand.work).catch((fault) => allFailed(errand.work, fault));
      const became = read.get(errand) ?? (await write());
      became.forEach((outcome, index) => {
        const place = errand.places[index];
        if (place !== undefined) outcomes[place] = outcome;
      });
    });
    return outcomes;
  };
}

function allFailed(work: readonly Work[], fault: unknown): readonly Outcome[] {
  return work.map(() => ({ fault }));
}

function createWriter(name: string): Writer {
  let written = 0;
  return {
    name,
    nextNumber: () => {
      written += 1;
      return written;
    },
  };
}
