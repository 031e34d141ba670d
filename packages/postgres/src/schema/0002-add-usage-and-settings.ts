import type { Tables } from "./tables.js";

/**
 * Tables come before columns: who migrates beside another, and cannot see what that one did, shall fail on a table that is
 * there already, and so look again.
 */
export function addUsageAndSettings(tables: Tables): readonly string[] {
  return [
    // How often each outcome happened within the hour that began at hour_at. The key says the tenant. Room is left in each
    // page, so that counting on rewrites a row without touching the index.
    `CREATE TABLE ${tables.usageCounts} (
      key_id text COLLATE "C" NOT NULL,
      hour_at bigint NOT NULL,
      outcome text COLLATE "C" NOT NULL,
      count bigint NOT NULL,
      PRIMARY KEY (key_id, hour_at, outcome)
    ) WITH (fillfactor = 80)`,
    `CREATE TABLE ${tables.sightings} (
      key_id text COLLATE "C" NOT NULL,
      kind text COLLATE "C" NOT NULL,
      name text COLLATE "C" NOT NULL,
      first_at bigint NOT NULL,
      last_at bigint NOT NULL,
      PRIMARY KEY (key_id, kind, name)
    ) WITH (fillfactor = 80)`,
    `CREATE TABLE ${tables.settings} (
      tenant text COLLATE "C" PRIMARY KEY,
      version bigint NOT NULL,
      updated_at bigint NOT NULL,
      settings json NOT NULL,
      event_id text COLLATE "C" NOT NULL
    )`,
    // The owners who are suspended, and who were: those with null. Not in the owners' own rows: an insert holds and rewrites
    // such a row, with all ids in it, while every process reads this one again and again; and one without keys has none.
    `CREATE TABLE ${tables.suspensions} (
      tenant text COLLATE "C" NOT NULL,
      owner text COLLATE "C" NOT NULL,
      suspended_at bigint,
      event_id text COLLATE "C" NOT NULL,
      PRIMARY KEY (tenant, owner)
    )`,
    // Null in rows from before.
    `ALTER TABLE ${tables.keys} ADD COLUMN secret_version bigint, ADD COLUMN previous_secret_version bigint`,
    // Room for a row's next version on its own page, so that noting a use touches no index; no index may hold last_used_at.
    `ALTER TABLE ${tables.keys} SET (fillfactor = 80)`,
  ];
}
