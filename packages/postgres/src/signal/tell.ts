import type { Tables } from "../schema/tables.js";
import { channelOf } from "./channel.js";

// Each ends the insert of an event. So what was told has its event, and is told when that commits, to who listens then.

/** Tells of the key that the event is about. */
export function tellKey(tables: Tables): string {
  return tell(tables, "'kind', 'key', 'keyId', key_id");
}

/** Tells of the settings of the event's tenant. */
export function tellTenant(tables: Tables): string {
  return tell(tables, "'kind', 'tenant', 'tenant', tenant");
}

/** Tells of the owner whom the event is about. */
export function tellOwner(tables: Tables): string {
  return tell(tables, "'kind', 'owner', 'tenant', tenant, 'owner', owner");
}

/** @param members names and values: of the longest names no more than 2,000 of the 8,000 bytes that PostgreSQL passes on */
function tell(tables: Tables, members: string): string {
  return `RETURNING pg_catalog.pg_notify('${channelOf(tables)}', pg_catalog.json_build_object(${members})::text)`;
}
