import type { Suite } from "../suite.js";
import { changeWithEvent } from "./change-with-event.js";
import { endAtOnce } from "./end-at-once.js";
import { neverTooMuch } from "./never-too-much.js";
import { noWayBack } from "./no-way-back.js";
import { rowsOfOld } from "./rows-of-old.js";
import { troubleIsNoVerdict } from "./trouble-is-no-verdict.js";

/** The promises that must hold under faults, by name. */
export const FAULT_CASES: Readonly<Record<string, (suite: Suite) => void>> = {
  endAtOnce,
  noWayBack,
  neverTooMuch,
  troubleIsNoVerdict,
  rowsOfOld,
  changeWithEvent,
};
