import {
  type AuditEvent,
  ClavigerError,
  type EventRef,
  invalidInput,
  type KeyEntry,
  parseActOptions,
  parseEventRef,
  type Write,
} from "@claviger/core";
import type { Shell } from "../shell.js";
import { change } from "../verbs/change.js";
import { eachEvent } from "./list-events.js";
import { noteEvent } from "./note.js";

/**
 * Erases the body of an event. First it is recorded that this is done, and then it is done: no reader ever finds a body
 * gone without finding who took it. Two who erase one event at the same time may both be recorded.
 */
export async function eraseEvent(shell: Shell, tenant: string, given: unknown, options: unknown): Promise<void> {
  const ref = parseEventRef(given, tenant);
  const terms = parseActOptions(options);
  const event = await findEvent(shell, ref);
  if (event.type === "key.event_erased") throw invalidInput("event", "any event but an erasure", event.type);
  if (event.erasedAt !== undefined) return;
  const { id, keyId, version, chain, at } = event;
  if (chain === undefined || keyId === undefined || version === undefined) {
    const data = { eventId: id, type: event.type };
    await shell.store.append([noteEvent(shell, { ...terms, type: "events.erased", tenant, keyId, data })]);
  } else if (!(await isRecorded(shell, event))) {
    await change(shell, { tenant, id: keyId, act: "erase", terms: { ...terms, ifVersion: undefined } }, (entry) =>
      erasure(entry, version, id),
    );
  }
  await shell.store.eraseEvents([{ id, tenant, at, ...(keyId !== undefined && { keyId }) }], shell.clock());
}

async function findEvent(shell: Shell, { id, at, tenant, keyId }: EventRef): Promise<AuditEvent> {
  const scope = { tenant, ...(keyId !== undefined && { keyId }) };
  for await (const event of eachEvent(shell, { ...scope, fromAt: at, beforeAt: at + 1, order: "oldest" })) {
    if (event.id === id) return event;
  }
  throw new ClavigerError("not_found", `there is no event ${id} of that time and key in this tenant`, {
    field: "event",
  });
}

/** Whether an earlier call recorded the erasure, and came no further. */
async function isRecorded(shell: Shell, { id, tenant, keyId = "" }: AuditEvent): Promise<boolean> {
  const types = ["key.event_erased"];
  for await (const { data } of eachEvent(shell, { tenant, keyId, types, order: "newest" })) {
    if (data.eventId === id) return true;
  }
  return false;
}

// A version of the key, or of its tombstone, but no update: the key is as it was.
function erasure(entry: KeyEntry, version: number, eventId: string): Write {
  const next = { ...entry, version: entry.version + 1 };
  return { kind: "write", next, type: "key.event_erased", data: { version, eventId } };
}
