import type { SettingsEvent, SettingsResult, TenantSettings } from "@claviger/core";
import { frozenCopy, type MemoryData } from "./memory-data.js";
import { recordEvent } from "./record-event.js";

export function getSettings(data: MemoryData, tenant: string): TenantSettings | undefined {
  return data.settings.get(tenant)?.current;
}

export function replaceSettings(
  data: MemoryData,
  next: TenantSettings,
  expectedVersion: number,
  event: SettingsEvent,
): SettingsResult {
  const entry = data.settings.get(next.tenant);
  if (entry?.eventId === event.id) return { outcome: "replaced" };
  if ((entry?.current.version ?? 0) !== expectedVersion) {
    return { outcome: "conflict", ...(entry !== undefined && { current: entry.current }) };
  }
  recordEvent(data, event);
  data.settings.set(next.tenant, { current: frozenCopy(next), eventId: event.id });
  return { outcome: "replaced" };
}
