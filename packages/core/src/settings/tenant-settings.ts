import type { Settings } from "./settings.js";

/** What a tenant has chosen of its own; the rest is as the keyring has it. */
export interface OwnSettings extends Partial<Omit<Settings, "requireEnabled">> {
  /** Whether the tenant's keys authenticate at all. */
  readonly enabled?: boolean;
}

/** A tenant's settings as a store keeps them, as one JSON text: it gives back what it was given, whatever the members. */
export interface TenantSettings {
  readonly tenant: string;
  /** 1 when they are first set, one more with every change. */
  readonly version: number;
  /** Epoch ms. */
  readonly updatedAt: number;
  readonly settings: OwnSettings;
}
