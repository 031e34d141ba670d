import type { AuditEvent, ChangeEvent, EventRef, KeyRecord, NoteEvent, Store } from "@claviger/core";
import { observation } from "./event-samples.js";
import { AMPLE, changed, changeOf, NOW_MS, sampleKey } from "./samples.js";

/** When bodies are erased, in the cases. */
export const ERASED_AT: number = NOW_MS + 60_000;

/** All that an erased event has lost. */
export const BODY = {
  actor: "anna",
  address: "192.0.2.1",
  reason: "left the company",
  data: { name: ["Anna", "Ann"] },
} as const;

/** Where an event is found. */
export function refOf({ id, tenant, keyId, at }: AuditEvent): EventRef {
  return { id, tenant, at, ...(keyId !== undefined && { keyId }) };
}

interface Erasable {
  readonly next: KeyRecord;
  readonly created: ChangeEvent;
  readonly seen: NoteEvent;
  readonly updated: ChangeEvent;
}

/** A key with its creation, an observation and a change, each with all that a body holds. */
export async function writeErasable(store: Store): Promise<Erasable> {
  const key = sampleKey();
  const next = changed(key, { updatedAt: NOW_MS + 2 });
  const created = { ...changeOf(key, "key.created"), ...BODY };
  const seen = observation({ tenant: key.tenant, keyId: key.id, at: NOW_MS + 1, ...BODY });
  const updated = { ...changeOf(next, "key.updated"), ...BODY };
  await store.insert(key, AMPLE, created);
  await store.append([seen]);
  await store.replace(next, key.version, updated);
  return { next, created, seen, updated };
}
