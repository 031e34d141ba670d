import type { ChangeEvent, KeyEntry, ReplaceResult } from "@claviger/core";
import type { MemoryData } from "./memory-data.js";
import { putKey } from "./put-key.js";
import { recordEvent } from "./record-event.js";

export function replace(data: MemoryData, next: KeyEntry, expectedVersion: number, event: ChangeEvent): ReplaceResult {
  const current = data.keys.get(next.id);
  if (current?.stored.tenant !== next.tenant) return { outcome: "missing" };
  if (current.eventId === event.id) return { outcome: "replaced" };
  if (current.stored.version !== expectedVersion) return { outcome: "conflict", current: current.stored };
  recordEvent(data, event);
  putKey(data, next, event.id);
  return { outcome: "replaced" };
}
