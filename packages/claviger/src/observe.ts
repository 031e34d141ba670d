import type { NoteEvent, ObservationType, StoredKey } from "@claviger/core";
import { eventId, eventOf } from "./events/event-of.js";
import type { Shell } from "./shell.js";

const NOBODYS_ACT = { reason: undefined, address: undefined };

/**
 * Records that something is wrong with a key as it is stored: once a process and key, in the background, so that the
 * client who met it learns nothing from the time it takes. After so many keys as the shell remembers a process falls
 * silent: who reads the log knows by then, and a client cannot make it write one a request.
 */
export function observe(shell: Shell, key: StoredKey, type: ObservationType, nowMs: number): void {
  const name = `${type} ${key.id}`;
  shell.background.runOnce(name, async () => {
    // Inside: a name that is remembered while the job before it ends would be remembered for nothing.
    if (!shell.observed.admit(name)) return;
    const about = { type, tenant: key.tenant, keyId: key.id, data: {} };
    const event: NoteEvent = eventOf(about, NOBODYS_ACT, eventId(shell.random), nowMs);
    await shell.store.append([event]).catch((error: unknown) => {
      shell.observed.forget(name);
      throw error;
    });
  });
}
