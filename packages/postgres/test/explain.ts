import type pg from "pg";
import type { PgClient, SqlValue } from "../src/client/client.js";

/** What a scan costs: blocks that were touched, wherever they came from, and rows that were looked at. */
export interface Cost {
  readonly blocks: number;
  readonly rows: number;
}

export interface Asked {
  readonly text: string;
  readonly values: readonly SqlValue[];
}

interface PlanNode {
  readonly "Shared Hit Blocks": number;
  readonly "Shared Read Blocks": number;
  readonly "Actual Rows": number;
  readonly "Rows Removed by Filter"?: number;
  readonly Plans?: readonly PlanNode[];
}

/** What an act asks of the client that it is given, which answers nothing. */
export async function askedBy(act: (client: PgClient) => Promise<unknown>): Promise<Asked> {
  let asked: Asked | undefined;
  await act({
    query: async ({ text, values }) => {
      asked = { text, values };
      return { rows: [] };
    },
  });
  if (asked === undefined) throw new Error("nothing was asked");
  return asked;
}

/** @param plan as a prepared statement is planned at first, or once it is planned for any values */
export async function costOf(client: pg.Client, { text, values }: Asked, plan: "custom" | "generic"): Promise<Cost> {
  const literals = values.map((value) => (value === null ? "NULL" : client.escapeLiteral(String(value))));
  await client.query(`SET plan_cache_mode = force_${plan}_plan`);
  await client.query(`PREPARE asked AS ${text}`);
  const { rows } = await client.query(
    `EXPLAIN (ANALYZE, BUFFERS, TIMING OFF, FORMAT JSON) EXECUTE asked (${literals.join(", ")})`,
  );
  await client.query("DEALLOCATE asked");
  const root: PlanNode = rows[0]["QUERY PLAN"][0].Plan;
  return { blocks: root["Shared Hit Blocks"] + root["Shared Read Blocks"], rows: rowsLookedAt(root) };
}

/** Of the leaves: what a sort or a limit gave away was looked at there. */
function rowsLookedAt(node: PlanNode): number {
  const own = node["Actual Rows"] + (node["Rows Removed by Filter"] ?? 0);
  return node.Plans === undefined ? own : node.Plans.reduce((sum, child) => sum + rowsLookedAt(child), 0);
}
