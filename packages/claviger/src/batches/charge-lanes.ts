import type { ChargeRequest, ChargeResult } from "@claviger/core";
import { askFolded } from "./ask-folded.js";
import { type ChargeAsk, foldCharges } from "./fold-charges.js";
import { createLanes, type Lanes, type LanesTerms } from "./lanes.js";

/**
 * Lanes to the charges of a store. Never sent again: what failed together may have been spent all the same, and would be
 * spent twice.
 *
 * @typeParam Uncharged what the store may answer in the place of a result
 */
export function createChargeLanes<Request extends ChargeRequest, Uncharged extends null = never>(
  consume: (requests: readonly Request[], nowMs: number) => Promise<readonly (ChargeResult | Uncharged)[]>,
  turns: Pick<LanesTerms<ChargeAsk<Request>, ChargeResult | Uncharged>, "ticker" | "landing">,
): Lanes<ChargeAsk<Request>, ChargeResult | Uncharged> {
  return createLanes({ send, isRepeatable: false, subjectOf: rowOf, isExclusive: true, ...turns });

  async function send(asks: readonly ChargeAsk<Request>[]): Promise<readonly (ChargeResult | Uncharged)[]> {
    const [lone] = asks;
    if (lone !== undefined && asks.length === 1) return consume([lone.request], lone.nowMs);
    const folded = foldCharges<Request, Uncharged>(asks);
    return askFolded(folded, (requests) => consume(requests, folded.nowMs));
  }
}

/**
 * What a store locks of what many spend on. A row that is locked for long would otherwise have all lanes wait for it,
 * and with them the charges of every other key; and what gathers while it is under way is one spend when it goes.
 */
function rowOf({ request: { tenant, keyId, shared } }: ChargeAsk): string {
  return shared === undefined ? keyId : `${tenant} shared`;
}
