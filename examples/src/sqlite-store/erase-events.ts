import { type EventRef, erasedEvent } from "@claviger/core";
import type { Database } from "./database.js";

/** What an erased body has been in is overwritten: the columns that were generated from it change with it. */
export function eraseEvents(database: Database, refs: readonly EventRef[], erasedAt: number): void {
  database.transaction(() => {
    for (const ref of refs) eraseOne(database, ref, erasedAt);
  });
}

function eraseOne(database: Database, { id, tenant, keyId, at }: EventRef, erasedAt: number): void {
  const [row] = database.all<{ readonly event: string }>(
    "SELECT event FROM events WHERE id = ? AND tenant = ? AND at = ? AND key_id IS ?",
    [id, tenant, at, keyId ?? null],
  );
  if (row === undefined) return;
  const erased = erasedEvent(JSON.parse(row.event), erasedAt);
  database.run("UPDATE events SET event = ? WHERE id = ?", [JSON.stringify(erased), id]);
}
