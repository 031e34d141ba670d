import type { Tables } from "./tables.js";

/** The table comes before the column, as in the second version. */
export function addHeads(tables: Tables): readonly string[] {
  return [
    // The last event that a purge took away of a key's chain. Not in the key's row: a purge shall hold no key up.
    `CREATE TABLE ${tables.anchors} (
      tenant text COLLATE "C" NOT NULL,
      key_id text COLLATE "C" NOT NULL,
      version bigint NOT NULL,
      hash text COLLATE "C" NOT NULL,
      PRIMARY KEY (tenant, key_id)
    )`,
    // Null in rows from before, until something is done to the key.
    `ALTER TABLE ${tables.keys} ADD COLUMN head text COLLATE "C"`,
  ];
}
