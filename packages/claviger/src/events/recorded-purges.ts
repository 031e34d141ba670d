import { type AuditEvent, purgedBefore } from "@claviger/core";
import type { Shell } from "../shell.js";
import { eachEvent } from "./list-events.js";

/** So far a process's clock may be behind this one's. */
const SKEW_MS = 86_400_000;

/** Up to which time recorded purges have gone, as core's `purgedBefore` says. */
export interface RecordedPurges {
  /** As the log said when it was first asked. */
  readonly before: () => Promise<number | null>;
  /** Those besides that have been recorded meanwhile. */
  readonly beforeNow: () => Promise<number | null>;
}

/** The purges of a tenant. Nothing is read until somebody asks. */
export function recordedPurges(shell: Shell, tenant: string): RecordedPurges {
  const sinceAt = Math.max(0, shell.clock() - SKEW_MS);
  let first: Promise<number | null> | undefined;

  async function read(fromAt: number): Promise<number | null> {
    const notes: AuditEvent[] = [];
    const query = { tenant, types: ["events.purged"], fromAt, order: "oldest" } as const;
    for await (const note of eachEvent(shell, query)) notes.push(note);
    return purgedBefore(notes);
  }

  function before(): Promise<number | null> {
    first ??= read(0);
    return first;
  }

  async function beforeNow(): Promise<number | null> {
    const [early, late] = [await before(), await read(sinceAt)];
    return early === null || late === null ? (early ?? late) : Math.max(early, late);
  }

  return { before, beforeNow };
}
