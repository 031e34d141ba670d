import { type ChangeEvent, type InsertResult, type KeyRecord, type OwnerCap, statusAt } from "@claviger/core";
import { type MemoryData, scopedName } from "./memory-data.js";
import { putKey } from "./put-key.js";
import { recordEvent } from "./record-event.js";

export function insert(data: MemoryData, key: KeyRecord, cap: OwnerCap, event: ChangeEvent): InsertResult {
  if (data.events.get(event.id)?.event.keyId === key.id) return { outcome: "inserted" };
  if (data.keys.has(key.id)) return { outcome: "duplicate" };
  if (countLive(data, key, cap.nowMs) >= cap.maxLive) return { outcome: "limit_reached" };
  recordEvent(data, event);
  putKey(data, key, event.id);
  return { outcome: "inserted" };
}

function countLive(data: MemoryData, { tenant, owner }: KeyRecord, nowMs: number): number {
  let live = 0;
  for (const id of data.owners.get(scopedName(tenant, owner)) ?? []) {
    const stored = data.keys.get(id)?.stored;
    if (stored !== undefined && stored.state !== "destroyed" && isLive(statusAt(stored, nowMs))) live += 1;
  }
  return live;
}

function isLive(status: ReturnType<typeof statusAt>): boolean {
  return status === "active" || status === "pending" || status === "disabled";
}
