import { type EventLog, type EventQuery, isStorable } from "@claviger/core";
import type { SqlValue } from "../client/client.js";
import type { Database } from "../client/database.js";
import { anyOf, textArray } from "../client/text-array.js";
import { jsonText } from "../columns.js";
import type { Tables } from "../schema/tables.js";
import { createStatementCache } from "../statement-cache.js";
import { wholeBound } from "../whole-bound.js";
import { EVENT_COLUMNS, type EventRow, fromEventRow } from "./event-row.js";

interface EventStatement {
  readonly text: string;
  readonly values: readonly SqlValue[];
}

/**
 * A page is a walk along an index, from the place where the last page ended: of one key's events with `keyId`, of all of
 * the tenant's without. `fromAt` and `beforeAt` bound the walk. `actor` and `types` do not: what they leave out is passed
 * over, so a page of a rare actor costs as much as the events between two of his. To index them too would cost every
 * change of a key more than it saves the few who look.
 */
export function prepareEvents(database: Database, tables: Tables): EventLog["events"] {
  const prepared = createStatementCache<EventRow>();
  return async (query) => {
    if (!isPossible(query)) return { items: [] };
    const { text, values } = eventStatement(tables, query);
    const rows = await database.run(prepared(text), values);
    const items = rows.slice(0, query.limit).map(fromEventRow);
    const last = items.at(-1);
    // One more row than the page holds tells whether another page follows.
    return rows.length > query.limit && last !== undefined ? { items, next: { at: last.at, id: last.id } } : { items };
  };
}

/** A text that PostgreSQL cannot hold is in no event, and would fail the statement; and no time is one that is none. */
function isPossible({ tenant, keyId = "", actor = "", after, fromAt = 0, beforeAt = 0 }: EventQuery): boolean {
  const isText = [tenant, keyId, actor, after?.id ?? ""].every(isStorable);
  return isText && ![fromAt, beforeAt, after?.at ?? 0].some(Number.isNaN);
}

function eventStatement(tables: Tables, query: EventQuery): EventStatement {
  const { tenant, keyId, actor, types, fromAt, beforeAt, order, limit } = query;
  const oldest = order === "oldest";
  const position = wholePosition(positionOf(query));
  const values: SqlValue[] = [];
  const place = (given: SqlValue): string => `$${values.push(given)}`;
  const conditions = [`e.tenant = ${place(tenant)}::text`];
  if (keyId !== undefined) conditions.push(`e.key_id = ${place(keyId)}::text`);
  if (actor !== undefined) conditions.push(`e.actor = ${place(actor)}::text`);
  if (types !== undefined) conditions.push(`e.type = ${anyOf(place(textArray(types.filter(isStorable))))}`);
  if (fromAt !== undefined && (!oldest || position === undefined))
    conditions.push(`e.at >= ${place(wholeBound(fromAt))}::bigint`);
  if (beforeAt !== undefined && (oldest || position === undefined))
    conditions.push(`e.at < ${place(wholeBound(beforeAt))}::bigint`);
  if (position !== undefined) {
    const row = `(${place(position.at)}::bigint, ${place(position.id)}::text)`;
    conditions.push(`(e.at, e.id) ${oldest ? ">" : "<"} ${row}`);
  }
  const direction = oldest ? "ASC" : "DESC";
  const text = `
    SELECT ${jsonText("e", EVENT_COLUMNS)} FROM ${tables.events} e
    WHERE ${conditions.join(" AND ")}
    ORDER BY e.at ${direction}, e.id ${direction} LIMIT ${place(limit + 1)}::bigint`;
  return { text, values };
}

/**
 * Where the walk begins, unless a time lies further on: whichever does implies the other. Given both, PostgreSQL may begin
 * at the time, and pass over all that lies before the position.
 */
function positionOf({ fromAt, beforeAt, order, after }: EventQuery): EventQuery["after"] {
  if (after === undefined) return undefined;
  if (order === "oldest") return fromAt === undefined || fromAt <= after.at ? after : undefined;
  return beforeAt === undefined || beforeAt > after.at ? after : undefined;
}

/** Between two whole times lies what is before all events of the later one. */
function wholePosition(position: EventQuery["after"]): EventQuery["after"] {
  return position === undefined || Number.isSafeInteger(position.at)
    ? position
    : { at: wholeBound(position.at), id: "" };
}
