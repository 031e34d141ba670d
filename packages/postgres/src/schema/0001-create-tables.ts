import type { Tables } from "./tables.js";

/**
 * Times are epoch ms. Text collates by code unit, so that ids sort alike on every store and every server. What is one
 * JSON text to the application is `json`, which keeps the text as it came, where `jsonb` would rewrite it.
 */
export function createTables(tables: Tables): readonly string[] {
  return [
    // A tombstone has id, tenant, state, times, version, event_id and weeded, and null for the rest.
    `CREATE TABLE ${tables.keys} (
      id text COLLATE "C" PRIMARY KEY,
      tenant text COLLATE "C" NOT NULL,
      state text COLLATE "C" NOT NULL CHECK (state IN ('active', 'disabled', 'revoked', 'compromised', 'destroyed')),
      version bigint NOT NULL,
      event_id text COLLATE "C" NOT NULL,
      created_at bigint NOT NULL,
      updated_at bigint NOT NULL,
      created_by text COLLATE "C",
      owner text COLLATE "C",
      name text COLLATE "C",
      search text COLLATE "C",
      scopes text[] COLLATE "C",
      limits json,
      restrictions json,
      metadata json,
      expires_at bigint,
      not_before bigint,
      last_used_at bigint,
      digest_alg text COLLATE "C",
      digest_pepper text COLLATE "C",
      digest_hex text COLLATE "C",
      previous_alg text COLLATE "C",
      previous_pepper text COLLATE "C",
      previous_hex text COLLATE "C",
      rotation_started_at bigint,
      previous_ends_at bigint,
      previous_expires_at bigint,
      -- Whether its place among the owner's live keys was given away: it stays dead.
      weeded boolean NOT NULL DEFAULT false
    )`,
    // Lists walk one of these, whatever else they filter by. An index over scopes would not help them: it knows no order,
    // so every page would cost as much as all keys that match.
    `CREATE INDEX ${tables.index("keys_of_tenant")} ON ${tables.keys} (tenant, created_at, id) WHERE state <> 'destroyed'`,
    `CREATE INDEX ${tables.index("keys_of_owner")} ON ${tables.keys} (tenant, owner, created_at, id) WHERE state <> 'destroyed'`,
    // The ids of an owner's live keys, and of some that died since.
    `CREATE TABLE ${tables.owners} (
      tenant text COLLATE "C" NOT NULL,
      owner text COLLATE "C" NOT NULL,
      live text[] COLLATE "C" NOT NULL,
      PRIMARY KEY (tenant, owner)
    )`,
    // All meters of a key, by name: [start of the window in epoch ms, amount used] or [0, gcra's tat in epoch µs]. Room is
    // left in each page, so that a charge rewrites its row without touching the index.
    `CREATE TABLE ${tables.meters} (
      key_id text COLLATE "C" NOT NULL,
      tenant text COLLATE "C" NOT NULL,
      meters jsonb NOT NULL,
      PRIMARY KEY (key_id, tenant)
    ) WITH (fillfactor = 50)`,
    // position is the order in which events were begun; its gaps mean nothing.
    `CREATE TABLE ${tables.events} (
      id text COLLATE "C" PRIMARY KEY,
      position bigint GENERATED ALWAYS AS IDENTITY,
      tenant text COLLATE "C" NOT NULL,
      key_id text COLLATE "C" NOT NULL,
      type text COLLATE "C" NOT NULL,
      actor text COLLATE "C" NOT NULL,
      at bigint NOT NULL,
      reason text COLLATE "C",
      version bigint,
      data json NOT NULL
    )`,
  ];
}
