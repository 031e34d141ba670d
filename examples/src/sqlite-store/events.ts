import type { AuditEvent, EventPage, EventQuery } from "@claviger/core";
import type { Database } from "./database.js";
import { type Condition, type Place, readPage } from "./page.js";

interface EventRow extends Place {
  /** An `AuditEvent` as JSON. */
  readonly event: string;
}

export function events(database: Database, query: EventQuery): EventPage<AuditEvent> {
  const { order, after, limit } = query;
  const { rows, last } = readPage<EventRow>(database, {
    select: "SELECT event, at, id FROM events",
    at: "at",
    conditions: conditionsOf(query),
    order,
    after,
    limit,
  });
  return {
    items: rows.map(({ event }): AuditEvent => JSON.parse(event)),
    ...(last !== undefined && { next: { at: last.at, id: last.id } }),
  };
}

function conditionsOf({ tenant, keyId, actor, types, fromAt, beforeAt }: EventQuery): readonly Condition[] {
  const conditions: Condition[] = [{ sql: "tenant = ?", values: [tenant] }];
  if (keyId !== undefined) conditions.push({ sql: "key_id = ?", values: [keyId] });
  if (actor !== undefined) conditions.push({ sql: "actor = ?", values: [actor] });
  if (types !== undefined) conditions.push({ sql: IS_ONE_OF, values: [JSON.stringify(types)] });
  if (fromAt !== undefined) conditions.push({ sql: "at >= ?", values: [fromAt] });
  if (beforeAt !== undefined) conditions.push({ sql: "at < ?", values: [beforeAt] });
  return conditions;
}

const IS_ONE_OF = "type IN (SELECT value FROM json_each(?))";
