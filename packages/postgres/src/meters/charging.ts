import type { ChargeRequest, ChargeResult } from "@claviger/core";
import type { Outcome } from "../client/ask-apart.js";

/**
 * One way of charging. Never rejects.
 *
 * @param nowMs the caller's clock, epoch ms
 * @returns one outcome a request, in the order given
 */
export type Charging = (requests: readonly ChargeRequest[], nowMs: number) => Promise<readonly Outcome<ChargeResult>[]>;
