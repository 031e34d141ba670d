import type { AuditEvent, ChainAnchor, ChangeEvent, KeyRecord, NoteEvent, Store } from "@claviger/core";
import { observation } from "./event-samples.js";
import { AMPLE, changed, changeOf, NOW_MS, sampleKey } from "./samples.js";

/** A key as it is now, and how it came to be so. */
export interface WrittenChain {
  readonly key: KeyRecord;
  /** Of its versions, in their order. */
  readonly changes: readonly ChangeEvent[];
}

/** A key that was created the first of these ms after NOW_MS, and changed after each of the others. */
export async function writeChain(
  store: Store,
  afterMs: readonly number[],
  given: Partial<KeyRecord> = {},
): Promise<WrittenChain> {
  const changes: ChangeEvent[] = [];
  let key = sampleKey(given);
  for (const [index, after] of afterMs.entries()) {
    const updatedAt = NOW_MS + after;
    key = index === 0 ? { ...key, updatedAt } : changed(key, { updatedAt });
    const event = changeOf(key, index === 0 ? "key.created" : "key.updated");
    if (index === 0) await store.insert(key, AMPLE, event);
    else await store.replace(key, index, event);
    changes.push(event);
  }
  return { key, changes };
}

/** An observation of the key, so many ms after NOW_MS. */
export async function noteAt(store: Store, { id, tenant }: KeyRecord, afterMs: number): Promise<NoteEvent> {
  const note = observation({ tenant, keyId: id, at: NOW_MS + afterMs });
  await store.append([note]);
  return note;
}

/** What a purge leaves that takes this change as the last. */
export function anchorOf(change: ChangeEvent | undefined): ChainAnchor | undefined {
  return change && { version: change.version, hash: change.chain.hash };
}

/** As `events` has them, oldest first. */
export const byTime = (a: AuditEvent, b: AuditEvent): number => a.at - b.at || (a.id < b.id ? -1 : 1);
