import type { Database, SqlValue } from "./database.js";

export interface Condition {
  readonly sql: string;
  readonly values: readonly SqlValue[];
}

/** A place in the order of (at, id). */
export interface Place {
  readonly at: number;
  readonly id: string;
}

export interface PageQuery {
  /** `SELECT …, … AS at, id FROM …` */
  readonly select: string;
  /** The column that the order goes by first; `id` is the second. */
  readonly at: string;
  readonly conditions: readonly Condition[];
  readonly order: "newest" | "oldest";
  /** Exclusive. */
  readonly after: Place | undefined;
  readonly limit: number;
}

export interface Page<Row> {
  readonly rows: readonly Row[];
  /** The place of the last row, where more follow. */
  readonly last: Place | undefined;
}

/** One page by its position, not by its number: an index leads to it. One row more than it holds tells whether more follow. */
export function readPage<Row extends Place>(database: Database, query: PageQuery): Page<Row> {
  const { select, at, order, after, limit } = query;
  const [comparison, direction] = order === "oldest" ? [">", "ASC"] : ["<", "DESC"];
  const conditions = [...query.conditions];
  if (after !== undefined) conditions.push({ sql: `(${at}, id) ${comparison} (?, ?)`, values: [after.at, after.id] });
  const rows = database.all<Row>(
    `${select} WHERE ${conditions.map(({ sql }) => sql).join(" AND ")}
     ORDER BY ${at} ${direction}, id ${direction} LIMIT ?`,
    [...conditions.flatMap(({ values }) => values), limit + 1],
  );
  const page = rows.slice(0, limit);
  return { rows: page, last: rows.length > limit ? page.at(-1) : undefined };
}
