import { type EventRef, erasedEvent } from "@claviger/core";
import { frozenCopy, type MemoryData } from "./memory-data.js";

export function eraseEvents(data: MemoryData, refs: readonly EventRef[], erasedAt: number): void {
  for (const { id, tenant, keyId, at } of refs) {
    const entry = data.events.get(id);
    if (entry === undefined) continue;
    const { event, place } = entry;
    if (event.tenant !== tenant || event.keyId !== keyId || event.at !== at) continue;
    data.events.set(id, { event: frozenCopy(erasedEvent(event, erasedAt)), place });
  }
}
