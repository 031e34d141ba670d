import { type ChargeRequest, type ChargeResult, ClavigerError } from "@claviger/core";
import type { Shell } from "../shell.js";

/** What became of one charge. @throws ClavigerError `store_unavailable` */
export async function consumeOne({ store }: Shell, request: ChargeRequest, nowMs: number): Promise<ChargeResult> {
  return onlyResult(await store.consume([request], nowMs));
}

/** What a store gave for a single charge. @throws ClavigerError `store_unavailable` */
export function onlyResult(results: readonly ChargeResult[]): ChargeResult {
  const result = results[0];
  if (result === undefined) throw new ClavigerError("store_unavailable", "the store gave no result for a charge");
  return result;
}
