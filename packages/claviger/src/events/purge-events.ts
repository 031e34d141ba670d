import { parseActOptions, parsePurgeTime } from "@claviger/core";
import type { Shell } from "../shell.js";
import { noteEvent } from "./note.js";

/** How many events one write of the store takes away. */
const PORTION = 500;

/** Takes away what is older, in portions. What a crash has cut short, the next purge ends. */
export async function purgeEvents(
  shell: Shell,
  tenant: string,
  before: unknown,
  options: unknown,
): Promise<{ readonly purged: number }> {
  const beforeAt = parsePurgeTime(before, shell.clock());
  const terms = parseActOptions(options);
  const note = noteEvent(shell, { ...terms, type: "events.purged", tenant, data: { before: beforeAt } });
  await shell.store.append([note]);
  let purged = 0;
  for (;;) {
    const portion = await shell.store.purgeEvents({ tenant, beforeAt, limit: PORTION });
    purged += portion.purged;
    if (!portion.more) return { purged };
  }
}
