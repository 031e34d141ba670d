import { addressBlock } from "claviger";
import { tooManyAttempts } from "./answer.js";
import type { FailedAttempts } from "./failed-attempts.js";
import type { Refused } from "./outcome.js";

/**
 * The refusal in the place of a 401, if that is one too many from its address; every other refusal is as it was. It goes by
 * the answer, not by the verdict, so that here too all invalid keys are answered alike, and comes after the verdict, so
 * that a valid key passes whatever else comes from its address.
 *
 * @param ip where it is not known, or no address, the source is the one of all such requests
 * @param nowMs epoch ms
 */
export function countFailure(
  attempts: FailedAttempts,
  refused: Refused,
  ip: string | undefined,
  nowMs: number,
): Refused {
  if (refused.status !== 401) return refused;
  const waitMs = attempts.count(addressBlock(ip) ?? "", nowMs);
  return waitMs === 0 ? refused : tooManyAttempts(waitMs);
}
