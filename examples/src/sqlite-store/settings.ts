import type { SettingsEvent, SettingsResult, TenantSettings } from "@claviger/core";
import type { Database } from "./database.js";
import { recordEvent } from "./record-event.js";

export function getSettings(database: Database, tenants: readonly string[]): readonly (TenantSettings | undefined)[] {
  return tenants.map((tenant) => readOne(database, tenant)?.current);
}

export function replaceSettings(
  database: Database,
  next: TenantSettings,
  expectedVersion: number,
  event: SettingsEvent,
): SettingsResult {
  return database.transaction(() => {
    const entry = readOne(database, next.tenant);
    if (entry?.eventId === event.id) return { outcome: "replaced" };
    if ((entry?.current.version ?? 0) !== expectedVersion) {
      return { outcome: "conflict", ...(entry !== undefined && { current: entry.current }) };
    }
    database.run("INSERT OR REPLACE INTO settings (tenant, settings, event_id) VALUES (?, ?, ?)", [
      next.tenant,
      JSON.stringify(next),
      event.id,
    ]);
    recordEvent(database, event);
    return { outcome: "replaced" };
  });
}

interface SettingsEntry {
  readonly current: TenantSettings;
  readonly eventId: string;
}

function readOne(database: Database, tenant: string): SettingsEntry | undefined {
  const [row] = database.all<{ readonly settings: string; readonly eventId: string }>(
    "SELECT settings, event_id AS eventId FROM settings WHERE tenant = ?",
    [tenant],
  );
  return row && { current: JSON.parse(row.settings), eventId: row.eventId };
}
