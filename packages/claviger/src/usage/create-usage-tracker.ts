import { ClavigerError, type UsageSettings, type UsageStore } from "@claviger/core";
import { createAlarm } from "../alarm.js";
import { createGatherer } from "./gatherer.js";
import { verifiesOf } from "./key-use.js";
import { oneAtATime } from "./one-at-a-time.js";
import type { UsageTracker } from "./usage-tracker.js";
import { writeOut } from "./write-out.js";

/** Keys, counts and sightings in memory: some 30 MB at most. */
const MAX_CELLS = 100_000;
/** So many are written before the interval is over. */
const EARLY_CELLS = 10_000;

/**
 * Writes at the latest `flushIntervalMs` after the first note. What could not be written is kept and tried again at the
 * next interval, together with what has come since. There is no timer while nothing is kept.
 *
 *     note ──▶ gathered ──take──▶ being written ──▶ written
 *                 ▲                     │
 *                 └──────put back───────┘ failed
 *
 * @param write throws `store_unavailable`, and nothing else
 * @param onDropped told of verifies that were not noted, or not wholly, for want of room, or were lost at the end,
 *   and of the time of the latest, epoch ms; never throws
 */
export function createUsageTracker(
  { flushIntervalMs, evidence }: UsageSettings,
  write: UsageStore["recordUsage"],
  onDropped: (verifies: number, at: number) => void,
): UsageTracker {
  const gatherer = createGatherer(MAX_CELLS, evidence);
  const alarm = createAlarm(tick);
  const writing = oneAtATime(flushOnce);
  let hasFailed = false;
  let isEarly = false;
  let isClosed = false;
  let dropped = 0;
  let notedAt = 0;

  function tick(): void {
    // Nobody asked for this flush. What could not be written is kept, and told of should it ever be dropped.
    writing.run().catch(() => undefined);
    tellDropped();
    // Still there where an earlier batch is being written.
    if (!gatherer.isEmpty()) alarm.set(flushIntervalMs);
  }

  async function flushOnce(): Promise<void> {
    alarm.clear();
    isEarly = false;
    try {
      await writeOut(gatherer, write);
      hasFailed = false;
    } catch (error) {
      hasFailed = true;
      if (!isClosed && !alarm.isSet()) alarm.set(flushIntervalMs);
      throw error;
    } finally {
      tellDropped();
    }
  }

  // In a turn of its own, so that the verify that filled the room waits for nothing. While the store fails, or is not done
  // with an earlier batch, nothing is gained by haste.
  function hasten(): void {
    if (isEarly || hasFailed || writing.isRunning()) return;
    isEarly = true;
    alarm.set(0);
  }

  function tellDropped(): void {
    if (dropped === 0) return;
    const verifies = dropped;
    dropped = 0;
    onDropped(verifies, notedAt);
  }

  return {
    note(key, matched, request, outcome, nowMs) {
      if (isClosed) return;
      notedAt = nowMs;
      if (!gatherer.note(key, matched, request, outcome, nowMs)) dropped += 1;
      if (!alarm.isSet()) alarm.set(flushIntervalMs);
      if (gatherer.size() >= EARLY_CELLS) hasten();
    },
    flush: writing.run,
    async close() {
      isClosed = true;
      try {
        await writing.run();
      } catch (cause) {
        const lost = gatherer.take().reduce((verifies, use) => verifies + verifiesOf(use), 0);
        dropped += lost;
        tellDropped();
        const message = `the keyring is closed, and what it knew of ${lost} verifies could not be written`;
        throw new ClavigerError("store_unavailable", message, { cause });
      } finally {
        alarm.clear();
      }
    },
  };
}
