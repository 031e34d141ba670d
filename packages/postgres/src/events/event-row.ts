import type { JsonValue, KeyEvent } from "@claviger/core";
import type { Columns } from "../columns.js";

/** An event as a statement takes it. */
export interface EventRow {
  readonly id: string;
  readonly tenant: string;
  readonly key_id: string;
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
  type: "text",
  actor: "text",
  at: "bigint",
  reason: "text",
  version: "bigint",
  data: "json",
};

export function toEventRow({ id, tenant, keyId, type, actor, at, reason, version, data }: KeyEvent): EventRow {
  return { id, tenant, key_id: keyId, type, actor, at, reason: reason ?? null, version: version ?? null, data };
}
