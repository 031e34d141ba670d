import type { ListedStatus, ListQuery } from "@claviger/core";
import pg from "pg";
import { expect, it } from "vitest";
import type { PgClient, SqlValue } from "../src/client/client.js";
import { postgresStore } from "../src/postgres-store.js";
import { migrate } from "../src/schema/migrate.js";
import { openPool } from "./clients.js";

const STATUSES = ["active", "pending", "disabled", "expired", "revoked", "compromised"] as const;
const NOW_MS = 1_000_000_000;
const PAGE_SIZE = 5;
const TIMEOUT_MS = 600_000;
/** A page begins and ends elsewhere in the blocks that it reads, and among keys that do not match. */
const mayCost = (first: number): number => 2 * first + 12;

/** What a scan of a page's costs: blocks that were touched, wherever they came from, and rows that were looked at. */
interface Cost {
  readonly blocks: number;
  readonly rows: number;
}

interface PlanNode {
  readonly "Shared Hit Blocks": number;
  readonly "Shared Read Blocks": number;
  readonly "Actual Rows": number;
  readonly "Rows Removed by Filter"?: number;
  readonly Plans?: readonly PlanNode[];
}

/**
 * Every filter and every combination of them, either way round, over many tenants and one that has nine keys of ten: its
 * page of this number costs what its first one does.
 *
 * @param keys so many that the page is there under each combination
 */
export function testListPlans(keys: number, page: number): void {
  it(
    `page ${page} of a list costs what page 1 costs, among ${keys} keys, whatever the filter`,
    async () => {
      const { client, url, end } = await openPool();
      await migrate(client);
      await fill(client, keys);
      const one = new pg.Client({ connectionString: url });
      await one.connect();
      for (const query of queries()) {
        const after = await positionBefore(one, query, page);
        // As a prepared statement is planned at first, and once it is planned for any values.
        for (const mode of ["force_custom_plan", "force_generic_plan"]) {
          await one.query(`SET plan_cache_mode = ${mode}`);
          const first = await costOf(one, query);
          const later = await costOf(one, { ...query, after });
          const which = JSON.stringify({ mode, ...query, first, later });
          expect(later.rows, which).toBeLessThanOrEqual(mayCost(first.rows));
          expect(later.blocks, which).toBeLessThanOrEqual(mayCost(first.blocks));
        }
      }
      await one.end();
      await end();
    },
    TIMEOUT_MS,
  );
}

function* queries(): Generator<ListQuery> {
  for (const order of ["newest", "oldest"] as const) {
    for (const owner of [undefined, "large"]) {
      for (const grants of [undefined, ["a:read", "a:*"]]) {
        for (const status of [undefined, ...STATUSES]) {
          yield {
            tenant: "large",
            order,
            limit: PAGE_SIZE,
            nowMs: NOW_MS,
            ...(owner !== undefined && { owner }),
            ...(grants !== undefined && { grants }),
            ...(status !== undefined && { status }),
          };
        }
      }
    }
  }
}

/** Keys of which every status, owner and grant is as frequent anywhere in a list. */
async function fill(client: pg.Pool, keys: number): Promise<void> {
  const stateOf: Record<ListedStatus, string> = {
    active: "active",
    pending: "active",
    disabled: "disabled",
    expired: "active",
    revoked: "revoked",
    compromised: "compromised",
  };
  const byStatus = (column: (status: ListedStatus) => string): string =>
    `(ARRAY[${STATUSES.map(column).join(", ")}])[1 + i / 2 % ${STATUSES.length}]`;
  await client.query(`
    INSERT INTO claviger.keys (id, tenant, state, version, event_id, created_at, updated_at, created_by, owner, name, search,
      scopes, limits, restrictions, metadata, expires_at, not_before, digest_alg, digest_hex)
    SELECT lpad(i::text, 16, '0'), CASE WHEN i % 10 = 0 THEN 'small ' || i / 100 ELSE 'large' END,
      ${byStatus((status) => `'${stateOf[status]}'`)}, 1, i::text, i, i, 'system',
      CASE WHEN i % 10 < 2 THEN 'small ' || i / 100 ELSE 'large' END, 'name', 'name',
      CASE WHEN i % 2 = 0 THEN ARRAY['a:read', 'b'] ELSE ARRAY['b'] END, '[]', '{}', '{}',
      ${byStatus((status) => (status === "expired" ? `${NOW_MS - 1}` : "NULL"))},
      ${byStatus((status) => (status === "pending" ? `${NOW_MS + 1}` : "NULL"))}, 'sha256', repeat('0', 64)
    FROM generate_series(1, ${keys}) AS i`);
  await client.query("ANALYZE claviger.keys");
}

/** Where the page before this one ends. */
async function positionBefore(
  client: pg.Client,
  query: ListQuery,
  page: number,
): Promise<{ createdAt: number; id: string }> {
  const { text, values } = await asked({ ...query, limit: 0 });
  const offset = (page - 1) * PAGE_SIZE - 1;
  const { rows } = await client.query({ text: `${text} OFFSET ${offset}`, values, rowMode: "array" });
  const [, id, , , createdAt] = JSON.parse(rows[0]?.[0]);
  return { createdAt, id };
}

/** What the store asks for a list. */
async function asked(query: ListQuery): Promise<{ text: string; values: SqlValue[] }> {
  let question: { text: string; values: SqlValue[] } | undefined;
  const client: PgClient = {
    query: async (given) => {
      question = given;
      return { rows: [] };
    },
  };
  await postgresStore({ client }).list(query);
  if (question === undefined) throw new Error("a list asked nothing");
  return question;
}

async function costOf(client: pg.Client, query: ListQuery): Promise<Cost> {
  const { text, values } = await asked(query);
  const literals = values.map((value) => client.escapeLiteral(String(value)));
  await client.query(`PREPARE asked AS ${text}`);
  const { rows } = await client.query(
    `EXPLAIN (ANALYZE, BUFFERS, TIMING OFF, FORMAT JSON) EXECUTE asked (${literals.join(", ")})`,
  );
  await client.query("DEALLOCATE asked");
  const plan: PlanNode = rows[0]["QUERY PLAN"][0].Plan;
  return { blocks: plan["Shared Hit Blocks"] + plan["Shared Read Blocks"], rows: rowsLookedAt(plan) };
}

/** Of the leaves: what a sort or a limit gave away was looked at there. */
function rowsLookedAt(node: PlanNode): number {
  const own = node["Actual Rows"] + (node["Rows Removed by Filter"] ?? 0);
  return node.Plans === undefined ? own : node.Plans.reduce((sum, child) => sum + rowsLookedAt(child), 0);
}
