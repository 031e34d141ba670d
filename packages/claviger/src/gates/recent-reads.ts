import { createGenerations } from "../cache/generations.js";
import type { Reading, Stopwatch } from "../elapsed.js";
import { joinableMs } from "../joinable.js";

/** A value, and when the read of it began. */
export interface RecentRead<Value> {
  readonly value: Value;
  readonly began: Reading;
}

/** Values read from a store, each relied upon for a while counted from when its read began. */
export interface RecentReads<Value> {
  /** What was read of a name lately. */
  known(name: string, now: Reading): RecentRead<Value> | undefined;
  /**
   * The value of a name: at once where it was read lately. Who comes while a read of late is under way waits for that
   * one; for an older one, which may hang, nobody does who was not waiting already.
   *
   * @param read begins a read; what it rejects with goes to all who wait for it, and is not kept
   */
  of(name: string, now: Reading, read: () => Promise<Value>): Value | Promise<Value>;
  /** What is known of a name; else what is read of it at once. */
  atOnce(name: string, now: Reading, read: (name: string) => Value): RecentRead<Value>;
  /** Drops what is known of a name. A read under way is not kept and not joined any more: it may have come too early. */
  forget(name: string): void;
  forgetAll(): void;
}

interface Flight<Value> {
  readonly began: Reading;
  readonly landing: Promise<Value>;
}

/**
 * @param staleMs how long a value may be relied upon; 0: each is read for who asked, and kept for nobody
 * @param maxNames of which values are known at most; those that were longest out of use are dropped
 */
export function createRecentReads<Value>(
  stopwatch: Pick<Stopwatch, "ageMs">,
  staleMs: number,
  maxNames: number,
): RecentReads<Value> {
  const known = createGenerations<RecentRead<Value>>(maxNames);
  const flights = new Map<string, Flight<Value>>();
  const maxJoinedMs = joinableMs(staleMs);

  function takeOff(name: string, began: Reading, read: () => Promise<Value>): Promise<Value> {
    // The flight's place in the map is the fence: where it is not found there, it was overtaken by a change or by a younger one.
    const isCurrent = (): boolean => flights.get(name)?.landing === landing;
    const landing = read().then(
      (value) => {
        if (isCurrent()) {
          flights.delete(name);
          known.set(name, { value, began });
        }
        return value;
      },
      (error: unknown) => {
        if (isCurrent()) flights.delete(name);
        throw error;
      },
    );
    flights.set(name, { began, landing });
    return landing;
  }

  function recall(name: string, now: Reading): RecentRead<Value> | undefined {
    const entry = known.get(name);
    return entry !== undefined && stopwatch.ageMs(entry.began, now) < staleMs ? entry : undefined;
  }

  return {
    known: recall,
    of(name, now, read) {
      const entry = recall(name, now);
      if (entry !== undefined) return entry.value;
      if (staleMs === 0) return read();
      const flight = flights.get(name);
      const joins = flight !== undefined && stopwatch.ageMs(flight.began, now) < maxJoinedMs;
      return joins ? flight.landing : takeOff(name, now, read);
    },
    atOnce(name, now, read) {
      const entry = recall(name, now);
      if (entry !== undefined) return entry;
      const made = { value: read(name), began: now };
      known.set(name, made);
      return made;
    },
    forget(name) {
      known.delete(name);
      flights.delete(name);
    },
    forgetAll() {
      known.clear();
      flights.clear();
    },
  };
}
