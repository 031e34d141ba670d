import type { Tables } from "./tables.js";

/**
 * Apart from what alters the keys, so that whoever verifies does not wait for it: who writes or reads events does. The
 * table is altered before it is indexed: the other way about, the stronger lock would come second, and meet those who
 * wait for the weaker one.
 */
export function indexEvents(tables: Tables): readonly string[] {
  return [
    // An event is about a key, or about an owner, or about neither.
    `ALTER TABLE ${tables.events} ALTER COLUMN key_id DROP NOT NULL, ADD COLUMN owner text COLLATE "C"`,
    `CREATE INDEX ${tables.index("events_by_time")} ON ${tables.events} (tenant, at, id)`,
    `CREATE INDEX ${tables.index("events_of_key")} ON ${tables.events} (tenant, key_id, at, id) WHERE key_id IS NOT NULL`,
  ];
}
