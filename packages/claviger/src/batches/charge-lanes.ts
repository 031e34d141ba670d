import type { ChargeResult, MeterStore } from "@claviger/core";
import { askFolded } from "./ask-folded.js";
import { type ChargeAsk, foldCharges } from "./fold-charges.js";
import { createLanes, type Lanes } from "./lanes.js";
import type { Ticker } from "./ticker.js";

/**
 * Lanes to the charges of a store. Never sent again: what failed together may have been spent all the same, and would be
 * spent twice.
 */
export function createChargeLanes(consume: MeterStore["consume"], ticker: Ticker): Lanes<ChargeAsk, ChargeResult> {
  return createLanes({ send, isRepeatable: false, ticker });

  async function send(asks: readonly ChargeAsk[]): Promise<readonly ChargeResult[]> {
    const [lone] = asks;
    if (lone !== undefined && asks.length === 1) return consume([lone.request], lone.nowMs);
    const folded = foldCharges(asks);
    return askFolded(folded, (requests) => consume(requests, folded.nowMs));
  }
}
