import { type KeyEntry, type KeyRecord, searchText, type UsedKeyRecord } from "@claviger/core";
import { entryOf, frozenCopy, type MemoryData, scopedName } from "./memory-data.js";
import { forgetKey } from "./meters.js";
import { createOrder } from "./order.js";

/** Puts a key in the place of whatever was kept under its id, and keeps order, owners, meters and usage in step. */
export function putKey(data: MemoryData, next: KeyEntry, eventId: string): void {
  const before = data.keys.get(next.id)?.stored;
  const listed = before?.state === "destroyed" ? undefined : before;
  if (before === undefined) entryOf(data.ids, next.tenant, createOrder).add({ at: 0, id: next.id });
  if (next.state === "destroyed") {
    data.keys.set(next.id, { stored: frozenCopy(next), eventId, search: "" });
    forgetKey(data.meters, next.tenant, next.id);
    data.usage.delete(scopedName(next.tenant, next.id));
  } else {
    const stored = frozenCopy({ ...next, lastUsedAt: listed?.lastUsedAt ?? null });
    data.keys.set(next.id, { stored, eventId, search: searchText(next) });
  }
  if (next.state !== "destroyed" && listed !== undefined && sharesPlace(listed, next)) return;
  if (listed !== undefined) unlink(data, listed);
  if (next.state !== "destroyed") link(data, next);
}

function sharesPlace(before: UsedKeyRecord, next: KeyRecord): boolean {
  return before.createdAt === next.createdAt && before.owner === next.owner;
}

function unlink(data: MemoryData, key: UsedKeyRecord): void {
  data.order.get(key.tenant)?.remove({ at: key.createdAt, id: key.id });
  data.owners.get(scopedName(key.tenant, key.owner))?.delete(key.id);
}

function link(data: MemoryData, key: KeyRecord): void {
  entryOf(data.order, key.tenant, createOrder).add({ at: key.createdAt, id: key.id });
  entryOf(data.owners, scopedName(key.tenant, key.owner), () => new Set<string>()).add(key.id);
}
