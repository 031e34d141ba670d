import type { AuditEvent, JsonValue } from "@claviger/core";
import type { Columns } from "../columns.js";

/** An event as a statement takes and returns it. What the event lacks is null. */
export interface EventRow {
  readonly id: string;
  readonly tenant: string;
  readonly key_id: string | null;
  readonly owner: string | null;
  readonly type: string;
  readonly actor: string;
  readonly at: number;
  readonly reason: string | null;
  readonly version: number | null;
  readonly data: { readonly [name: string]: JsonValue };
}

export const EVENT_COLUMNS: Columns<keyof EventRow> = {
  id: "text",
  tenant: "text",
  key_id: "text",
  owner: "text",
  type: "text",
  actor: "text",
  at: "bigint",
  reason: "text",
  version: "bigint",
  data: "json",
};

export function toEventRow(event: AuditEvent): EventRow {
  const { id, tenant, keyId, owner, type, actor, at, reason, version, data } = event;
  return {
    id,
    tenant,
    key_id: keyId ?? null,
    owner: owner ?? null,
    type,
    actor,
    at,
    reason: reason ?? null,
    version: version ?? null,
    data,
  };
}

export function fromEventRow(row: EventRow): AuditEvent {
  const { id, tenant, key_id: keyId, owner, type, actor, at, reason, version, data } = row;
  return {
    id,
    type,
    tenant,
    ...(keyId !== null && { keyId }),
    ...(owner !== null && { owner }),
    actor,
    at,
    ...(reason !== null && { reason }),
    ...(version !== null && { version }),
    data,
  };
}
