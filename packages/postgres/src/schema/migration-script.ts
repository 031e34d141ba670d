import { MIGRATIONS } from "./migrations.js";
import type { Tables } from "./tables.js";

/** How long to wait, in ms. */
export interface LockTimeouts {
  /** For another migration of the same tables to end. Only migrations wait there. */
  readonly turnMs: number;
  /** For each table. Short, since whoever comes to the table meanwhile waits behind this. */
  readonly tableMs: number;
}

export const LOCK_TIMEOUTS: LockTimeouts = { turnMs: 10_000, tableMs: 1_000 };

/** Every version there is, in order. */
export const VERSIONS: readonly number[] = MIGRATIONS.map((_, index) => index + 1);

/**
 * Takes a schema to this version: one statement, so all of it or nothing. One that has had it, or is newer, is left alone.
 * Each statement of the block sees what was committed before it began: behind the lock, what the one before us did.
 *
 * @param version a schema that lacks the one before it is refused (55000)
 */
export function migrationScript(tables: Tables, version: number, { turnMs, tableMs }: LockTimeouts): string {
  const statements = MIGRATIONS[version - 1]?.(tables) ?? [];
  return `DO $migrate$
DECLARE
  present integer := 0;
  callers_lock_timeout text := pg_catalog.current_setting('lock_timeout');
BEGIN
  PERFORM pg_catalog.set_config('lock_timeout', '${turnMs}', true);
  PERFORM pg_catalog.pg_advisory_xact_lock(pg_catalog.hashtextextended('claviger migrate ${tables.schemaVersion}', 0));
  PERFORM pg_catalog.set_config('lock_timeout', '${tableMs}', true);
  IF pg_catalog.to_regnamespace('"${tables.schema}"') IS NULL THEN
    CREATE SCHEMA "${tables.schema}";
  END IF;
  IF pg_catalog.to_regclass('${tables.schemaVersion}') IS NULL THEN
    CREATE TABLE ${tables.schemaVersion} (version integer PRIMARY KEY, applied_at bigint NOT NULL);
  ELSE
    SELECT coalesce(pg_catalog.max(version), 0) INTO present FROM ${tables.schemaVersion};
  END IF;
  IF present < ${version} THEN
    IF present < ${version - 1} THEN
      RAISE object_not_in_prerequisite_state USING MESSAGE = 'version ${version} of Claviger''s schema comes after version ${version - 1}, which is missing';
    END IF;
    ${statements.join(";\n    ")};
    INSERT INTO ${tables.schemaVersion} (version, applied_at)
      VALUES (${version}, pg_catalog.floor(
        extract(epoch FROM pg_catalog.clock_timestamp()) OPERATOR(pg_catalog.*) 1000
      )::bigint);
  END IF;
  -- A transaction that this is only a part of would keep ours.
  PERFORM pg_catalog.set_config('lock_timeout', callers_lock_timeout, true);
END
$migrate$`;
}
