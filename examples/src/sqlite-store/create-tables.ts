import type { Database } from "./database.js";

/**
 * A record is one JSON text, and what a statement looks for is generated from it: the two cannot disagree. Text compares
 * by byte, which for ids, being ASCII, is by code unit.
 */
const TABLES = `
  CREATE TABLE IF NOT EXISTS keys (
    id           TEXT PRIMARY KEY,
    entry        TEXT NOT NULL,
    event_id     TEXT NOT NULL,
    search       TEXT,
    last_used_at INTEGER,
    tenant       TEXT    NOT NULL AS (entry ->> '$.tenant'),
    state        TEXT    NOT NULL AS (entry ->> '$.state'),
    version      INTEGER NOT NULL AS (entry ->> '$.version'),
    created_at   INTEGER NOT NULL AS (entry ->> '$.createdAt'),
    owner        TEXT             AS (entry ->> '$.owner'),
    expires_at   INTEGER          AS (entry ->> '$.expiresAt'),
    not_before   INTEGER          AS (entry ->> '$.notBefore')
  ) STRICT;
  CREATE INDEX IF NOT EXISTS keys_by_id ON keys (tenant, id);
  CREATE INDEX IF NOT EXISTS keys_in_order ON keys (tenant, created_at, id) WHERE state <> 'destroyed';
  CREATE INDEX IF NOT EXISTS keys_of_owner ON keys (tenant, owner, created_at, id) WHERE owner IS NOT NULL;

  CREATE TABLE IF NOT EXISTS events (
    position INTEGER PRIMARY KEY AUTOINCREMENT,
    id       TEXT NOT NULL UNIQUE,
    event    TEXT NOT NULL,
    tenant   TEXT    NOT NULL AS (event ->> '$.tenant'),
    type     TEXT    NOT NULL AS (event ->> '$.type'),
    actor    TEXT    NOT NULL AS (event ->> '$.actor'),
    at       INTEGER NOT NULL AS (event ->> '$.at'),
    key_id   TEXT             AS (event ->> '$.keyId'),
    version  INTEGER          AS (event ->> '$.version'),
    hash     TEXT             AS (event ->> '$.chain.hash')
  ) STRICT;
  CREATE INDEX IF NOT EXISTS events_in_order ON events (tenant, at, id);
  CREATE INDEX IF NOT EXISTS events_of_key ON events (tenant, key_id, at, id);
  CREATE INDEX IF NOT EXISTS events_in_chains ON events (tenant, key_id, version, at) WHERE hash IS NOT NULL;

  CREATE TABLE IF NOT EXISTS anchors (
    key_id  TEXT PRIMARY KEY,
    version INTEGER NOT NULL,
    hash    TEXT    NOT NULL
  ) STRICT, WITHOUT ROWID;

  CREATE TABLE IF NOT EXISTS meters (
    tenant TEXT NOT NULL,
    key_id TEXT NOT NULL,
    meters TEXT NOT NULL,
    PRIMARY KEY (tenant, key_id)
  ) STRICT, WITHOUT ROWID;

  CREATE TABLE IF NOT EXISTS usage_counts (
    key_id  TEXT    NOT NULL,
    hour_at INTEGER NOT NULL,
    outcome TEXT    NOT NULL,
    count   INTEGER NOT NULL,
    PRIMARY KEY (key_id, hour_at, outcome)
  ) STRICT, WITHOUT ROWID;

  CREATE TABLE IF NOT EXISTS sightings (
    key_id   TEXT    NOT NULL,
    kind     TEXT    NOT NULL,
    name     TEXT    NOT NULL,
    first_at INTEGER NOT NULL,
    last_at  INTEGER NOT NULL,
    PRIMARY KEY (key_id, kind, name)
  ) STRICT, WITHOUT ROWID;

  CREATE TABLE IF NOT EXISTS settings (
    tenant   TEXT PRIMARY KEY,
    settings TEXT NOT NULL,
    event_id TEXT NOT NULL
  ) STRICT;

  CREATE TABLE IF NOT EXISTS owners (
    tenant       TEXT NOT NULL,
    owner        TEXT NOT NULL,
    suspended_at INTEGER,
    event_id     TEXT NOT NULL,
    PRIMARY KEY (tenant, owner)
  ) STRICT, WITHOUT ROWID;
`;

/** Creates what is not there yet. */
export function createTables(database: Database): void {
  database.exec(TABLES);
}
