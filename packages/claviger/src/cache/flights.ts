import type { Store, StoredKey } from "@claviger/core";
import type { Reading, Stopwatch } from "../elapsed.js";
import { joinableMs } from "../joinable.js";
import type { KeptKeys, KeptRead } from "./kept-keys.js";

/** A read that is under way. */
interface Flight {
  readonly key: Promise<StoredKey | undefined>;
  readonly beganAt: Reading;
  /** Of the reads of this process, counted from 1. */
  readonly number: number;
}

/** The reads under way: at most one of a key that anyone may join. */
export interface Flights {
  /**
   * Answers what is not known from reads under way, and from one more for all that no read is under way of.
   *
   * @param known in the order of `ids`
   * @throws whatever the store threw at a read that was waited for
   */
  join(
    ids: readonly string[],
    known: readonly (KeptRead | undefined)[],
    now: Reading,
  ): Promise<readonly (StoredKey | undefined)[]>;
  /** How many reads have been sent. */
  sent(): number;
  /** A key by a read that was sent after so many: by one that is under way or, should there be none, one more. */
  joinAfter(sent: number, id: string, now: Reading): Promise<StoredKey | undefined>;
  /** What is under way is not kept, and nobody joins it any more: whoever asks from now on reads anew. */
  abandon(id: string): void;
  abandonAll(): void;
}

/**
 * Puts what it reads among the kept keys, unless it was abandoned on the way. The flight's place in the map is the fence:
 * whoever lands and is not found there was overtaken.
 */
export function createFlights(
  store: Pick<Store, "find">,
  kept: KeptKeys,
  maxStaleMs: number,
  stopwatch: Stopwatch,
): Flights {
  const underWay = new Map<string, Flight>();
  const maxJoinedMs = joinableMs(maxStaleMs);
  let sent = 0;

  function joinable(id: string, now: Reading): Flight | undefined {
    const flight = underWay.get(id);
    return flight !== undefined && stopwatch.ageMs(flight.beganAt, now) < maxJoinedMs ? flight : undefined;
  }

  function depart(ids: readonly string[], beganAt: Reading): ReadonlyMap<string, Flight> {
    sent += 1;
    const number = sent;
    const answers = store.find(ids);
    const departed = new Map<string, Flight>();
    for (const [index, id] of ids.entries()) {
      const isUnderWay = (): boolean => underWay.get(id) === flight;
      const landing = answers.then((keys) => {
        const found = keys[index];
        const key = found && kept.meet(found, stopwatch.read());
        if (isUnderWay()) kept.keep(id, key, beganAt, number);
        return key;
      });
      const flight: Flight = {
        key: landing.finally(() => isUnderWay() && underWay.delete(id)),
        beganAt,
        number,
      };
      underWay.set(id, flight);
      departed.set(id, flight);
    }
    return departed;
  }

  return {
    async join(ids, known, now) {
      const joined = ids.map((id, index) => (known[index] === undefined ? joinable(id, now) : undefined));
      const missing = new Set(ids.filter((_, index) => known[index] === undefined && joined[index] === undefined));
      const departed = missing.size > 0 ? depart([...missing], now) : undefined;
      return Promise.all(
        ids.map((id, index) => {
          const read = known[index];
          return read === undefined ? (joined[index] ?? departed?.get(id))?.key : read.record;
        }),
      );
    },
    sent: () => sent,
    async joinAfter(before, id, now) {
      const flight = underWay.get(id);
      const later = flight !== undefined && flight.number > before ? flight : depart([id], now).get(id);
      return later?.key;
    },
    abandon: (id) => void underWay.delete(id),
    abandonAll: () => underWay.clear(),
  };
}
