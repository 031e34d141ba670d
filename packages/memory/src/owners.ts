import type { OwnerEvent, OwnerRef, OwnerResult, OwnerStanding } from "@claviger/core";
import { type MemoryData, scopedName } from "./memory-data.js";
import { recordEvent } from "./record-event.js";

export function readOwner(data: MemoryData, { tenant, owner }: OwnerRef): OwnerStanding {
  return { suspendedAt: data.suspensions.get(scopedName(tenant, owner))?.suspendedAt ?? null };
}

/** @param suspendedAt null ends the suspension */
export function changeStanding(data: MemoryData, event: OwnerEvent, suspendedAt: number | null): OwnerResult {
  const name = scopedName(event.tenant, event.owner);
  const current = data.suspensions.get(name);
  if (current?.eventId === event.id) return { outcome: "changed" };
  if (((current?.suspendedAt ?? null) === null) === (suspendedAt === null)) return { outcome: "unchanged" };
  recordEvent(data, event);
  data.suspensions.set(name, { suspendedAt, eventId: event.id });
  return { outcome: "changed" };
}
