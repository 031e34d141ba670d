import { type KeyStore, type ListedStatus, type ListQuery, type UsedKeyRecord, unreachable } from "@claviger/core";
import type { SqlValue } from "../client/client.js";
import type { Database } from "../client/database.js";
import { type Statement, statement } from "../client/statement.js";
import { textArray } from "../client/text-array.js";
import type { Tables } from "../schema/tables.js";
import { fromKeyRow, type KeyRow, keyCells } from "./key-cells.js";

interface ListStatement {
  readonly text: string;
  readonly values: readonly SqlValue[];
}

/**
 * Each combination of filters is a statement of its own: a condition that is only there in case would keep PostgreSQL
 * from walking the index that fits.
 */
export function prepareList(database: Database, tables: Tables): KeyStore["list"] {
  const statements = new Map<string, Statement<KeyRow>>();
  const prepared = (text: string): Statement<KeyRow> => {
    const known = statements.get(text) ?? statement<KeyRow>(text);
    statements.set(text, known);
    return known;
  };
  return async (query) => {
    const { text, values } = listStatement(tables, query);
    const rows = await database.run(prepared(text), values);
    const items = rows.map(fromKeyRow).filter((key): key is UsedKeyRecord => key.state !== "destroyed");
    if (items.length <= query.limit) return { items };
    const page = items.slice(0, query.limit);
    const last = page.at(-1);
    return last === undefined ? { items: page } : { items: page, next: { createdAt: last.createdAt, id: last.id } };
  };
}

/** One more row than the page holds tells whether another page follows. */
function listStatement(tables: Tables, query: ListQuery): ListStatement {
  const { tenant, owner, status, grants, search, order, after, limit, nowMs } = query;
  const values: SqlValue[] = [];
  const value = (given: SqlValue, type: string): string => `$${values.push(given)}::${type}`;
  const conditions = ["k.state <> 'destroyed'", `k.tenant = ${value(tenant, "text")}`];
  if (owner !== undefined) conditions.push(`k.owner = ${value(owner, "text")}`);
  if (status !== undefined) conditions.push(statusCondition(status, () => value(nowMs, "bigint")));
  if (grants !== undefined)
    conditions.push(`k.scopes OPERATOR(pg_catalog.&&) ${value(textArray(grants), "text")}::text[]`);
  if (search !== undefined) conditions.push(`pg_catalog.strpos(k.search, ${value(search, "text")}) > 0`);
  if (after !== undefined) {
    const position = `(${value(after.createdAt, "bigint")}, ${value(after.id, "text")})`;
    conditions.push(`(k.created_at, k.id) ${order === "oldest" ? ">" : "<"} ${position}`);
  }
  const direction = order === "oldest" ? "ASC" : "DESC";
  const text = `
    SELECT ${keyCells("k")}::text FROM ${tables.keys} k
    WHERE ${conditions.join(" AND ")}
    ORDER BY k.created_at ${direction}, k.id ${direction} LIMIT ${value(limit + 1, "bigint")}`;
  return { text, values };
}

/** Core's `statusAt`, in SQL. */
function statusCondition(status: ListedStatus, now: () => string): string {
  const inTime = (): string => `(k.expires_at IS NULL OR k.expires_at > ${now()})`;
  switch (status) {
    case "revoked":
    case "compromised":
      return `k.state = '${status}'`;
    case "expired":
      return `k.state IN ('active', 'disabled') AND k.expires_at <= ${now()}`;
    case "disabled":
      return `k.state = 'disabled' AND ${inTime()}`;
    case "pending":
      return `k.state = 'active' AND ${inTime()} AND k.not_before > ${now()}`;
    case "active":
      return `k.state = 'active' AND ${inTime()} AND (k.not_before IS NULL OR k.not_before <= ${now()})`;
    default:
      return unreachable(status);
  }
}
