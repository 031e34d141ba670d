import type { OwnerEvent, OwnerRef, OwnerResult, OwnerStanding } from "@claviger/core";
import type { Database } from "./database.js";
import { recordEvent } from "./record-event.js";

export function readOwners(database: Database, owners: readonly OwnerRef[]): readonly OwnerStanding[] {
  return owners.map((owner) => ({ suspendedAt: readOne(database, owner)?.suspendedAt ?? null }));
}

/** @param suspendedAt null ends the suspension */
export function changeStanding(database: Database, event: OwnerEvent, suspendedAt: number | null): OwnerResult {
  return database.transaction(() => {
    const current = readOne(database, event);
    if (current?.eventId === event.id) return { outcome: "changed" };
    if (isSuspended(current) === (suspendedAt !== null)) return { outcome: "unchanged" };
    database.run("INSERT OR REPLACE INTO owners (tenant, owner, suspended_at, event_id) VALUES (?, ?, ?, ?)", [
      event.tenant,
      event.owner,
      suspendedAt,
      event.id,
    ]);
    recordEvent(database, event);
    return { outcome: "changed" };
  });
}

interface OwnerRow extends OwnerStanding {
  readonly eventId: string;
}

function readOne(database: Database, { tenant, owner }: OwnerRef): OwnerRow | undefined {
  const [row] = database.all<OwnerRow>(
    "SELECT suspended_at AS suspendedAt, event_id AS eventId FROM owners WHERE tenant = ? AND owner = ?",
    [tenant, owner],
  );
  return row;
}

function isSuspended(row: OwnerRow | undefined): boolean {
  return row !== undefined && row.suspendedAt !== null;
}
