import { type ListedStatus, type ListPage, type ListQuery, type UsedKeyRecord, unreachable } from "@claviger/core";
import type { Database } from "./database.js";
import { fromKeyRow, KEY_COLUMNS, type KeyRow } from "./key-row.js";
import { type Condition, type Place, readPage } from "./page.js";

export function list(database: Database, query: ListQuery): ListPage<UsedKeyRecord> {
  const { order, after, limit } = query;
  const { rows, last } = readPage<KeyRow & Place>(database, {
    select: `SELECT ${KEY_COLUMNS}, created_at AS at, id FROM keys`,
    at: "created_at",
    conditions: conditionsOf(query),
    order,
    after: after && { at: after.createdAt, id: after.id },
    limit,
  });
  return {
    items: rows.map(fromKeyRow).filter((key) => key.state !== "destroyed"),
    ...(last !== undefined && { next: { createdAt: last.at, id: last.id } }),
  };
}

function conditionsOf({ tenant, owner, status, grants, search, nowMs }: ListQuery): readonly Condition[] {
  const conditions: Condition[] = [{ sql: "tenant = ? AND state <> 'destroyed'", values: [tenant] }];
  if (owner !== undefined) conditions.push({ sql: "owner = ?", values: [owner] });
  if (status !== undefined) conditions.push(statusCondition(status, nowMs));
  if (grants !== undefined) conditions.push({ sql: HOLDS_A_GRANT, values: [JSON.stringify(grants)] });
  // Not LIKE, to which % and _ are no letters.
  if (search !== undefined) conditions.push({ sql: "instr(search, ?) > 0", values: [search] });
  return conditions;
}

const HOLDS_A_GRANT = `EXISTS (
  SELECT 1 FROM json_each(entry, '$.scopes') scope WHERE scope.value IN (SELECT value FROM json_each(?)))`;

/** Core's `statusAt`, in SQL. */
function statusCondition(status: ListedStatus, nowMs: number): Condition {
  switch (status) {
    case "revoked":
    case "compromised":
      return { sql: "state = ?", values: [status] };
    case "expired":
      return { sql: "state IN ('active', 'disabled') AND expires_at <= ?", values: [nowMs] };
    case "disabled":
      return { sql: `state = 'disabled' AND ${NOT_EXPIRED}`, values: [nowMs] };
    case "pending":
      return { sql: `state = 'active' AND ${NOT_EXPIRED} AND not_before > ?`, values: [nowMs, nowMs] };
    case "active":
      return {
        sql: `state = 'active' AND ${NOT_EXPIRED} AND (not_before IS NULL OR not_before <= ?)`,
        values: [nowMs, nowMs],
      };
    default:
      return unreachable(status);
  }
}

const NOT_EXPIRED = "(expires_at IS NULL OR expires_at > ?)";
