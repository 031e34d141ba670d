import { applyCharges, type ChargeRequest, type ChargeResult, type Meter } from "@claviger/core";
import { createBackoff } from "../client/backoff.js";
import type { Database } from "../client/database.js";
import { attribute } from "../client/item.js";
import type { Written } from "../client/writes.js";
import { metersAddress } from "../table/addresses.js";
import type { LastSeen } from "./last-seen.js";
import { fromMetersItem, type MetersState, toMetersItem } from "./meters-item.js";

/**
 * The meters are as they were when the charges were applied to them. A condition holds no arithmetic, so the sums are
 * made here, by core's own `applyCharges`, and hold only for what they were made from:
 *
 *     process A: sees revision 7 ── adds up ── writes 8 if it is still 7 ── done
 *     process B: sees revision 7 ── adds up ──────── writes 8 if it is still 7: it is not ── sees 8, adds up again
 */
const NOTHING_SPENT_SINCE = "#revision = :revision";
/** Neither meters nor the fence of a deleted key. */
const NEVER_SPENT = "attribute_not_exists(#pk)";

/**
 * Each process writes one at a time to a key, and the item keeps the last write of each of so many processes. So a
 * write whose reply was lost, and that the SDK repeated by itself, finds itself there, although others came between.
 */
const WRITERS_KEPT = 32;

export interface Writer {
  /** Of this store in this process, without a colon. */
  readonly name: string;
  /** A number that it never gave a write before. */
  readonly nextNumber: () => number;
}

interface Key {
  readonly tenant: string;
  readonly keyId: string;
}

type Spent = Omit<ChargeResult, "nowUs">;

/**
 * Spends what several requests ask for, one after the other, on the meters of one key, in one write; in none if nothing
 * is admitted.
 *
 * What was seen last is good enough for saying yes, since the write fails where it no longer holds. A no has no write to
 * prove it, so that it is only said of what was read now.
 */
export async function spend(
  database: Database,
  lastSeen: LastSeen,
  writer: Writer,
  key: Key,
  requests: readonly ChargeRequest[],
): Promise<readonly Spent[]> {
  const address = metersAddress(key.tenant, key.keyId);
  const read = async (): Promise<MetersState> => fromMetersItem(await database.get(address));
  const guess = lastSeen.get(address.pk);
  // Until it is known how this ends, nothing is.
  lastSeen.forget(address.pk);
  let state = guess ?? (await read());
  let isCurrent = guess === undefined;
  const backoff = createBackoff(database.waiting);
  for (let attempt = 1; ; ) {
    const applied = applyAll(state, requests);
    if (!applied.admittedAll && !isCurrent && !state.isFenced) {
      [state, isCurrent] = [await read(), true];
      continue;
    }
    if (state.isFenced || !applied.changed) {
      lastSeen.set(address.pk, { ...state, meters: applied.meters });
      return applied.spent;
    }
    const write = `${writer.name}:${writer.nextNumber()}`;
    const next = {
      ...state,
      meters: applied.meters,
      revision: state.revision + 1,
      writes: withWrite(state, writer, write),
    };
    const result = await writeMeters(database, key, state, next);
    const found = result.written ? next : fromMetersItem(result.current);
    if (result.written || found.writes.includes(write)) {
      lastSeen.set(address.pk, found);
      return applied.spent;
    }
    [state, isCurrent] = [found, true];
    attempt += 1;
    if (attempt === 2) continue;
    if (!(await backoff()))
      throw new Error("DynamoDB: others spent on a key's meters each time before this write came");
    // What was found is as old as the pause is long: a write from there would fail while others spend.
    state = await read();
  }
}

/** One write token a writer, the newest last. */
function withWrite({ writes }: MetersState, { name }: Writer, write: string): readonly string[] {
  return [...writes.filter((each) => !each.startsWith(`${name}:`)), write].slice(-WRITERS_KEPT);
}

function writeMeters(
  database: Database,
  { tenant, keyId }: Key,
  before: MetersState,
  next: MetersState,
): Promise<Written> {
  const address = metersAddress(tenant, keyId);
  if (before.revision === 0) return database.put(address, toMetersItem(next), { condition: NEVER_SPENT });
  return database.put(address, toMetersItem(next), {
    condition: NOTHING_SPENT_SINCE,
    values: { ":revision": attribute(before.revision) },
  });
}

interface Applied {
  readonly meters: ReadonlyMap<string, Meter>;
  readonly spent: readonly Spent[];
  readonly changed: boolean;
  readonly admittedAll: boolean;
}

function applyAll(state: MetersState, requests: readonly ChargeRequest[]): Applied {
  const meters = new Map(state.meters);
  let changed = false;
  let admittedAll = true;
  const spent = requests.map(({ charges, units }): Spent => {
    const applied = applyCharges(meters, charges, units);
    if (applied.admitted < units) admittedAll = false;
    if (applied.admitted > 0) {
      changed = true;
      charges.forEach(({ meter }, index) => {
        const after = applied.meters[index];
        if (after) meters.set(meter, Object.freeze(after));
      });
    }
    return applied;
  });
  return { meters, spent, changed, admittedAll };
}
