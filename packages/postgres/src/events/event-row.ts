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
  readonly address: string | null;
  readonly at: number;
  readonly reason: string | null;
  readonly version: number | null;
  readonly data: { readonly [name: string]: JsonValue };
  readonly salt: string | null;
  readonly body_hash: string | null;
  readonly chain_hash: string | null;
  readonly erased_at: number | null;
}

export const EVENT_COLUMNS: Columns<keyof EventRow> = {
  id: "text",
  tenant: "text",
  key_id: "text",
  owner: "text",
  type: "text",
  actor: "text",
  address: "text",
  at: "bigint",
  reason: "text",
  version: "bigint",
  data: "json",
  salt: "text",
  body_hash: "text",
  chain_hash: "text",
  erased_at: "bigint",
};

export function toEventRow(event: AuditEvent): EventRow {
  const { id, tenant, keyId, owner, type, actor, address, at, reason, version, data, salt, chain, erasedAt } = event;
  return {
    id,
    tenant,
    key_id: keyId ?? null,
    owner: owner ?? null,
    type,
    actor,
    address: address ?? null,
    at,
    reason: reason ?? null,
    version: version ?? null,
    data,
    salt: salt ?? null,
    body_hash: chain?.bodyHash ?? null,
    chain_hash: chain?.hash ?? null,
    erased_at: erasedAt ?? null,
  };
}

export function fromEventRow(row: EventRow): AuditEvent {
  const { id, tenant, key_id: keyId, owner, type, actor, address, at, reason, version, data } = row;
  const { salt, body_hash: bodyHash, chain_hash: hash, erased_at: erasedAt } = row;
  return {
    id,
    type,
    tenant,
    ...(keyId !== null && { keyId }),
    ...(owner !== null && { owner }),
    actor,
    ...(address !== null && { address }),
    at,
    ...(reason !== null && { reason }),
    ...(version !== null && { version }),
    data,
    ...(salt !== null && { salt }),
    ...((bodyHash !== null || hash !== null) && { chain: { bodyHash: bodyHash ?? "", hash: hash ?? "" } }),
    ...(erasedAt !== null && { erasedAt }),
  };
}
