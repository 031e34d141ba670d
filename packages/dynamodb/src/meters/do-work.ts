import { createTurns } from "../client/backoff.js";
import type { Database } from "../client/database.js";
import { attribute, type ItemKey } from "../client/item.js";
import { metersAddress } from "../table/addresses.js";
import { applyWork } from "./apply-work.js";
import type { LastSeen } from "./last-seen.js";
import { fromMetersItem, type MetersState, toMetersItem } from "./meters-item.js";
import { isRefund, type Outcome, type Work } from "./work.js";

/**
 * The meters are as they were when the work was applied to them. A condition holds no arithmetic, so the sums are
 * made here, by core's own functions, and hold only for what they were made from:
 *
 *     process A: sees revision 7 ── adds up ── writes 8 if it is still 7 ── done
 *     process B: sees revision 7 ── adds up ──────── writes 8 if it is still 7: it is not ── sees 8, adds up again
 */
const NOTHING_SPENT_SINCE = "#revision = :revision";
/** Neither meters nor the fence of a deleted key. */
const NEVER_SPENT = "attribute_not_exists(#pk)";

/**
 * Each process writes one at a time to a key, and the item keeps a token of the last write of each of so many processes, the
 * newest at the end. So a write whose reply was lost, and that the SDK repeated by itself, finds itself there, although others came between.
 */
const WRITERS_KEPT = 32;

export interface Writer {
  /** Of this store in this process, without a colon. */
  readonly name: string;
  /** A number that it never gave a write before. */
  readonly nextNumber: () => number;
}

/**
 * Does what several ask for, one after the other, on the meters of one key, in one write; in none if nothing changes.
 *
 * What was seen last is good enough for saying yes, since the write fails where it no longer holds. Where there is nothing
 * to write there is no such proof, so that it is only said of what was read now.
 */
export async function doWork(
  database: Database,
  lastSeen: LastSeen,
  writer: Writer,
  work: readonly Work[],
  follows: boolean,
): Promise<readonly Outcome[]> {
  const [first] = work;
  if (first === undefined) return [];
  const address = metersAddress(first.tenant, first.keyId);
  const read = async (): Promise<MetersState> => fromMetersItem(await database.get(address));
  const seen = lastSeen.get(address.pk);
  // Until it is known how this ends, nothing is.
  lastSeen.forget(address.pk);
  const turn = createTurns(database.waiting);
  if (follows && seen !== undefined && seen.rivals > 0) await turn(seen.rivals);
  // A refund rests on no guess: many others may have written since, and then nobody knows who forgot what.
  let guess = work.some(isRefund) ? undefined : seen;
  let state = guess ?? (await read());
  let refundsInDoubt = false;
  const rivals = new Set<string>();
  for (let attempt = 1; ; ) {
    const applied = applyWork(state, work, refundsInDoubt);
    if (state.isFenced || (!applied.changed && guess === undefined)) {
      lastSeen.set(address.pk, { ...state, meters: applied.meters });
      return applied.outcomes;
    }
    if (!applied.changed) {
      [state, guess] = [await read(), undefined];
      continue;
    }
    const { isWritten, found } = await write(database, address, state, applied.meters, writer);
    if (isWritten) {
      lastSeen.set(address.pk, found, rivals.size);
      return applied.outcomes;
    }
    refundsInDoubt ||= mayHaveForgotten(found, state);
    for (const theirs of writtenSince(found, state)) rivals.add(writerOf(theirs));
    [state, guess] = [found, undefined];
    attempt += 1;
    if (attempt === 2) continue;
    if (!(await turn(rivals.size)))
      throw new Error("DynamoDB: others wrote to a key's meters each time before this write came");
    // What was found is as old as the pause is long: a write from there would fail while others write.
    state = await read();
  }
}

interface Tried {
  readonly isWritten: boolean;
  /** What is there now. */
  readonly found: MetersState;
}

async function write(
  database: Database,
  address: ItemKey,
  before: MetersState,
  meters: MetersState["meters"],
  { name, nextNumber }: Writer,
): Promise<Tried> {
  const token = `${name}:${nextNumber()}`;
  const others = before.writes.filter((each) => writerOf(each) !== name);
  const writes = [...others, token].slice(-WRITERS_KEPT);
  const next = { meters, revision: before.revision + 1, writes, isFenced: false };
  const result = await database.put(
    address,
    toMetersItem(next),
    before.revision === 0
      ? { condition: NEVER_SPENT }
      : { condition: NOTHING_SPENT_SINCE, values: { ":revision": attribute(before.revision) } },
  );
  const found = result.written ? next : fromMetersItem(result.current);
  return { isWritten: result.written || found.writes.includes(token), found };
}

function writerOf(token: string): string {
  return token.slice(0, token.indexOf(":"));
}

/** Who wrote on top of `before`, as far as the item remembers. */
function writtenSince(found: MetersState, before: MetersState): readonly string[] {
  return found.writes.filter((token) => !before.writes.includes(token));
}

/**
 * Whether a write on top of `before` that is not in `found` may have been made all the same: the item forgets the oldest
 * first, so that as long as it knows one from before, it has forgotten none since.
 */
function mayHaveForgotten(found: MetersState, before: MetersState): boolean {
  return found.writes.length >= WRITERS_KEPT && writtenSince(found, before).length === found.writes.length;
}
