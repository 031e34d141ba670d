import type { AuditEvent } from "./audit-event.js";

/** A change of a tenant's settings: committed together with it. */
export type SettingsEvent = AuditEvent<"settings.updated">;

/** An owner's keys were switched off or on again: committed together with it. */
export interface OwnerEvent<Type extends "owner.suspended" | "owner.resumed" = "owner.suspended" | "owner.resumed">
  extends AuditEvent<Type> {
  readonly owner: string;
}
