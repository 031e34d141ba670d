import { MIGRATIONS } from "./migrations.js";
import type { Tables } from "./tables.js";

/** How long a migration waits for each lock, in ms. */
export const LOCK_TIMEOUT_MS = 10_000;

/** Every version there is, in order. */
export const VERSIONS: readonly number[] = MIGRATIONS.map((_, index) => index + 1);

/**
 * Takes a schema to these versions, one after the other: one statement, so all of them or none. Those that it has had do
 * nothing again, and a schema that is newer is left alone. Each statement of the block sees what was committed before it
 * began: behind the lock, what the one before us did.
 *
 * @param versions in order; a schema that lacks the one before the first is refused (55000)
 * @param lockTimeoutMs how long to wait for a lock, each time
 */
export function migrationScript(tables: Tables, versions: readonly number[], lockTimeoutMs: number): string {
  return `DO $migrate$
DECLARE
  present integer := 0;
  callers_lock_timeout text := pg_catalog.current_setting('lock_timeout');
BEGIN
  PERFORM pg_catalog.set_config('lock_timeout', '${lockTimeoutMs}', true);
  PERFORM pg_catalog.pg_advisory_xact_lock(pg_catalog.hashtextextended('claviger migrate ${tables.schemaVersion}', 0));
  IF pg_catalog.to_regnamespace('"${tables.schema}"') IS NULL THEN
    CREATE SCHEMA "${tables.schema}";
  END IF;
  IF pg_catalog.to_regclass('${tables.schemaVersion}') IS NULL THEN
    CREATE TABLE ${tables.schemaVersion} (version integer PRIMARY KEY, applied_at bigint NOT NULL);
  ELSE
    SELECT coalesce(pg_catalog.max(version), 0) INTO present FROM ${tables.schemaVersion};
  END IF;${versions.map((version) => step(tables, version)).join("")}
  -- A transaction that this is only a part of would keep ours.
  PERFORM pg_catalog.set_config('lock_timeout', callers_lock_timeout, true);
END
$migrate$`;
}

function step(tables: Tables, version: number): string {
  const statements = MIGRATIONS[version - 1]?.(tables) ?? [];
  return `
  IF present < ${version} THEN
    IF present < ${version - 1} THEN
      RAISE object_not_in_prerequisite_state USING MESSAGE = 'version ${version} of Claviger''s schema comes after version ${version - 1}, which is missing';
    END IF;
    ${statements.join(";\n    ")};
    INSERT INTO ${tables.schemaVersion} (version, applied_at)
      VALUES (${version}, pg_catalog.floor(
        extract(epoch FROM pg_catalog.clock_timestamp()) OPERATOR(pg_catalog.*) 1000
      )::bigint);
    present := ${version};
  END IF;`;
}
