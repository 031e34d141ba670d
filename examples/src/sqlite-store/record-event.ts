import type { AuditEvent, NoteEvent } from "@claviger/core";
import type { Database } from "./database.js";

/** @throws the driver's error where another event has the id, so that a change without its event is never committed */
export function recordEvent(database: Database, event: AuditEvent): void {
  database.run("INSERT INTO events (id, event) VALUES (?, ?)", [event.id, JSON.stringify(event)]);
}

/** Records what is not there yet. */
export function append(database: Database, events: readonly NoteEvent[]): void {
  database.transaction(() => {
    for (const event of events) {
      database.run("INSERT INTO events (id, event) VALUES (?, ?) ON CONFLICT (id) DO NOTHING", [
        event.id,
        JSON.stringify(event),
      ]);
    }
  });
}
