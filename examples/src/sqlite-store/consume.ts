import { applyCharges, type ChargeRequest, type ChargeResult, type Meter } from "@claviger/core";
import type { Database } from "./database.js";

const US_PER_MS = 1000;

/** In one transaction, request by request: what one spends, the next one finds spent. */
export function consume(
  database: Database,
  requests: readonly ChargeRequest[],
  nowMs: number,
): readonly ChargeResult[] {
  return database.transaction(() => requests.map((request) => consumeOne(database, request, nowMs * US_PER_MS)));
}

function consumeOne(database: Database, request: ChargeRequest, nowUs: number): ChargeResult {
  const { tenant, keyId, charges, units } = request;
  const stored = readMeters(database, tenant, keyId);
  const { admitted, meters } = applyCharges(stored, charges, units);
  if (admitted > 0) {
    charges.forEach(({ meter }, index) => {
      const spent = meters[index];
      if (spent) stored.set(meter, spent);
    });
    writeMeters(database, tenant, keyId, stored);
  }
  return { admitted, meters, nowUs };
}

function readMeters(database: Database, tenant: string, keyId: string): Map<string, Meter> {
  const [row] = database.all<{ readonly meters: string }>("SELECT meters FROM meters WHERE tenant = ? AND key_id = ?", [
    tenant,
    keyId,
  ]);
  return new Map(row === undefined ? [] : JSON.parse(row.meters));
}

// As pairs: in an object a meter called __proto__ would be no member like the others.
function writeMeters(database: Database, tenant: string, keyId: string, meters: ReadonlyMap<string, Meter>): void {
  database.run("INSERT OR REPLACE INTO meters (tenant, key_id, meters) VALUES (?, ?, ?)", [
    tenant,
    keyId,
    JSON.stringify([...meters]),
  ]);
}
