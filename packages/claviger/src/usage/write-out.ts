import type { UsageStore } from "@claviger/core";
import type { Gatherer } from "./gatherer.js";
import { type KeyUse, toUsageRecord } from "./key-use.js";
import { portionsOf } from "./portions.js";

/** In one batch, so that a store locks no more than some hundred keys at once. */
const MAX_BATCH_CELLS = 2_000;
/** One failure may be the batch's own; at the second it is the store's. */
const MAX_FAILURES = 2;

/**
 * Writes all that is gathered, one batch after the other. One that fails holds up no other; at the second it stops. What is
 * not known to be written is put back, what failed behind the rest, so that it comes last next time.
 */
export async function writeOut(gatherer: Gatherer, write: UsageStore["recordUsage"]): Promise<void> {
  const failed: KeyUse[] = [];
  const failures: unknown[] = [];
  const left = [...portionsOf(gatherer.take(), MAX_BATCH_CELLS)];
  for (let portion = left.shift(); portion !== undefined; portion = left.shift()) {
    try {
      await write(portion.map(toUsageRecord));
      gatherer.discard(portion);
    } catch (error) {
      failed.push(...portion);
      failures.push(error);
      if (failures.length === MAX_FAILURES) break;
    }
  }
  if (failures.length === 0) return;
  gatherer.putBack([...left.flat(), ...failed]);
  throw failures[0];
}
