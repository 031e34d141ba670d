import { isStorable, type OwnerRef, type OwnerStanding, type OwnerStore } from "@claviger/core";
import type { Database } from "../client/database.js";
import { statement } from "../client/statement.js";
import { type Columns, rowsFrom } from "../columns.js";
import type { Tables } from "../schema/tables.js";

interface StandingRow {
  readonly place: number;
  readonly suspended_at: number;
}

const REF_COLUMNS: Columns<"place" | "tenant" | "owner"> = { place: "bigint", tenant: "text", owner: "text" };

export function prepareReadOwners(database: Database, tables: Tables): OwnerStore["read"] {
  // LIMIT keeps each owner a look-up by primary key: joined otherwise, the planner would rather read all suspensions than
  // look up as many owners as it thinks a JSON text to hold.
  const read = statement<StandingRow>(`
    SELECT pg_catalog.json_build_object('place', r.place, 'suspended_at', found.suspended_at)::text
    FROM ${rowsFrom("$1", "r", REF_COLUMNS)}
    CROSS JOIN LATERAL (
      SELECT s.suspended_at FROM ${tables.suspensions} s WHERE s.tenant = r.tenant AND s.owner = r.owner LIMIT 1
    ) found
    WHERE found.suspended_at IS NOT NULL`);
  return async (owners) => {
    const refs = owners.map((owner, place) => ({ place, ...owner })).filter(isPossible);
    const rows = refs.length === 0 ? [] : await database.run(read, [JSON.stringify(refs)]);
    const suspended = new Map(rows.map((row) => [row.place, row.suspended_at]));
    return owners.map((_, place): OwnerStanding => ({ suspendedAt: suspended.get(place) ?? null }));
  };
}

function isPossible({ tenant, owner }: OwnerRef): boolean {
  return isStorable(tenant) && isStorable(owner);
}
