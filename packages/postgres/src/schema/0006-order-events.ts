import type { Tables } from "./tables.js";

/**
 * Constants as defaults of new columns rewrite no table. Those who write events of an older release from then on have the
 * transaction noted all the same, by the default.
 */
export function orderEvents(tables: Tables): readonly string[] {
  return [
    `ALTER TABLE ${tables.events}
      ADD COLUMN address text COLLATE "C",
      ADD COLUMN salt text COLLATE "C",
      ADD COLUMN body_hash text COLLATE "C",
      ADD COLUMN chain_hash text COLLATE "C",
      ADD COLUMN erased_at bigint,
      -- The transaction that wrote the event; 0 before all others, for those from before the column.
      ADD COLUMN committed_in xid8 NOT NULL DEFAULT '0'`,
    `ALTER TABLE ${tables.events} ALTER COLUMN committed_in SET DEFAULT pg_catalog.pg_current_xact_id()`,
    `CREATE INDEX ${tables.index("events_of_feed")} ON ${tables.events} (committed_in, position)`,
  ];
}
