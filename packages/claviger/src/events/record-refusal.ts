import { ClavigerError, type ErrorCode } from "@claviger/core";
import type { Shell } from "../shell.js";
import type { ActTerms } from "./event-of.js";
import { type Note, namelessNote, noteEvent } from "./note.js";

/** A management act that may be refused. */
export interface Attempt extends ActTerms {
  readonly type: "key.refused" | "settings.refused";
  readonly tenant: string;
  /** The verb. */
  readonly act: string;
  readonly keyId?: string;
  /** Whose the key would have been. */
  readonly owner?: string;
}

/** Who asked knew what he did, and a rule said no. The rest are mistakes, or trouble of ours. */
const REFUSALS: ReadonlySet<ErrorCode> = new Set([
  "illegal_transition",
  "policy_violation",
  "limit_reached",
  "conflict",
]);

/**
 * Does an act; if it is refused, records that before the refusal is thrown. Where it cannot be recorded the refusal is
 * thrown all the same, since it says what became of the act, and handlers of `event_lost` hear of it.
 */
export async function recordRefusal<T>(shell: Shell, attempt: Attempt, act: () => Promise<T>): Promise<T> {
  try {
    return await act();
  } catch (error) {
    if (error instanceof ClavigerError && REFUSALS.has(error.code)) await record(shell, attempt, error.code);
    throw error;
  }
}

async function record(shell: Shell, { act, owner, ...attempt }: Attempt, code: ErrorCode): Promise<void> {
  const note: Note = { ...attempt, data: { act, code, ...(owner !== undefined && { owner }) } };
  let event = namelessNote(shell, note);
  try {
    event = noteEvent(shell, note);
    await shell.store.append([event]);
  } catch {
    shell.hub.emit({ type: "event_lost", at: event.at, event });
  }
}
