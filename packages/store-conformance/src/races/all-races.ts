import type { Suite } from "../suite.js";
import { consumeAgainstLimit } from "./consume-against-limit.js";
import { createAgainstCap } from "./create-against-cap.js";
import { deleteAgainstEverything } from "./delete-against-everything.js";
import { enableAgainstRevoke } from "./enable-against-revoke.js";
import { feedAgainstWriters } from "./feed-against-writers.js";
import { purgeAgainstChanges } from "./purge-against-changes.js";
import { type Race, racesThroughProcesses, raceThroughHandles } from "./race.js";
import { rehashAgainstRevoke } from "./rehash-against-revoke.js";
import { revokeAgainstCharges } from "./revoke-against-charges.js";
import { revokeAgainstVerifies } from "./revoke-against-verifies.js";
import { rotateAgainstDisable } from "./rotate-against-disable.js";
import { rotateAgainstRotate } from "./rotate-against-rotate.js";
import { settingsAgainstSettings } from "./settings-against-settings.js";
import { suspendAgainstResume } from "./suspend-against-resume.js";
import { updateAgainstUpdate } from "./update-against-update.js";
import { usageAgainstRevoke } from "./usage-against-revoke.js";

/** Every race that any caller, in any process, can take part in. */
const RACES = {
  feedAgainstWriters,
  usageAgainstRevoke,
  rehashAgainstRevoke,
  rotateAgainstRotate,
  rotateAgainstDisable,
  enableAgainstRevoke,
  revokeAgainstCharges,
  updateAgainstUpdate,
  createAgainstCap,
  consumeAgainstLimit,
  settingsAgainstSettings,
  suspendAgainstResume,
  deleteAgainstEverything,
  purgeAgainstChanges,
} as const satisfies Readonly<Record<string, Race>>;

/** The races by name, as they are declared. */
export const RACE_CASES: Readonly<Record<string, (suite: Suite) => void>> = {
  ...Object.fromEntries(Object.entries(RACES).map(([name, race]) => [name, raceThroughHandles(race)])),
  racesThroughProcesses: racesThroughProcesses(Object.values(RACES)),
  revokeAgainstVerifies,
};
