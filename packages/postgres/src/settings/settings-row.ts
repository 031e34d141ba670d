import type { OwnSettings, TenantSettings } from "@claviger/core";
import type { Columns } from "../columns.js";

/** A tenant's settings as a statement takes and returns them. */
export interface SettingsRow {
  readonly tenant: string;
  readonly version: number;
  readonly updated_at: number;
  readonly settings: OwnSettings;
}

export const SETTINGS_COLUMNS: Columns<keyof SettingsRow> = {
  tenant: "text",
  version: "bigint",
  updated_at: "bigint",
  settings: "json",
};

export function toSettingsRow({ tenant, version, updatedAt, settings }: TenantSettings): SettingsRow {
  return { tenant, version, updated_at: updatedAt, settings };
}

export function fromSettingsRow({ tenant, version, updated_at: updatedAt, settings }: SettingsRow): TenantSettings {
  return { tenant, version, updatedAt, settings };
}
