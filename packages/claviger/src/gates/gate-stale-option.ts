import { parseOption, wholeNumber } from "@claviger/core";

const DEFAULT_GATE_STALE_MS = 5_000;
const MAX_GATE_STALE_MS = 3_600_000;

const schema = wholeNumber(0, MAX_GATE_STALE_MS);

/** @throws TypeError naming the option, what was given and what is allowed */
export function gateStaleOption(given: number | undefined): number {
  return given === undefined ? DEFAULT_GATE_STALE_MS : parseOption("gateStaleMs.", schema, given);
}
