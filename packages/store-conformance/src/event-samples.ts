import type { NoteEvent, OwnerEvent, OwnerRef, SettingsEvent, TenantSettings } from "@claviger/core";
import { freshId, freshTenant, NOW_MS } from "./samples.js";

/** An event that is no change, about a key. */
interface KeyNote extends NoteEvent {
  readonly keyId: string;
}

/** What was noticed about a key, under an id of its own, unless told otherwise. */
export function observation(given: Partial<KeyNote> = {}): KeyNote {
  return {
    id: freshId(),
    type: "corrupt_key",
    tenant: given.tenant ?? freshTenant(),
    keyId: given.keyId ?? freshId(),
    actor: "system",
    at: NOW_MS,
    data: {},
    ...given,
  };
}

/** First settings of a tenant of their own, unless told otherwise. */
export function sampleSettings(given: Partial<TenantSettings> = {}): TenantSettings {
  return { tenant: given.tenant ?? freshTenant(), version: 1, updatedAt: NOW_MS, settings: {}, ...given };
}

/** The event of these settings, with an id of its own. */
export function settingsEvent({ tenant, version, updatedAt }: TenantSettings): SettingsEvent {
  return { id: freshId(), type: "settings.updated", tenant, actor: "system", at: updatedAt, version, data: {} };
}

/** The event by which an owner is suspended, with an id of its own. */
export function suspension({ tenant, owner }: OwnerRef, at: number = NOW_MS): OwnerEvent<"owner.suspended"> {
  return { id: freshId(), type: "owner.suspended", tenant, owner, actor: "system", at, data: {} };
}

/** The event by which an owner's suspension ends, with an id of its own. */
export function resumption({ tenant, owner }: OwnerRef, at: number = NOW_MS): OwnerEvent<"owner.resumed"> {
  return { id: freshId(), type: "owner.resumed", tenant, owner, actor: "system", at, data: {} };
}
