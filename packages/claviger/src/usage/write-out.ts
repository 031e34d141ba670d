import type { UsageStore } from "@claviger/core";
import type { Gatherer } from "./gatherer.js";
import { toUsageRecord } from "./key-use.js";
import { portionsOf } from "./portions.js";

/** In one batch, so that a store locks no more than some hundred keys at once. */
const MAX_BATCH_CELLS = 2_000;

/**
 * Writes all that is gathered, one batch after the other. At the first that fails it stops, and puts back what is not
 * known to be written.
 */
export async function writeOut(gatherer: Gatherer, write: UsageStore["recordUsage"]): Promise<void> {
  const portions = portionsOf(gatherer.take(), MAX_BATCH_CELLS);
  for (const [index, portion] of portions.entries()) {
    try {
      await write(portion.map(toUsageRecord));
    } catch (error) {
      gatherer.putBack(portions.slice(index).flat());
      throw error;
    }
    gatherer.discard(portion);
  }
}
