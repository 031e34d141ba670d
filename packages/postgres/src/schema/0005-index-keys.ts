import type { Tables } from "./tables.js";

/** Apart from what alters the keys: while they are indexed, changes of them wait, verifies do not. */
export function indexKeys(tables: Tables): readonly string[] {
  return [
    // All of a tenant's, deleted ones too, for who walks their chains.
    `CREATE INDEX ${tables.index("keys_by_id")} ON ${tables.keys} (tenant, id)`,
  ];
}
