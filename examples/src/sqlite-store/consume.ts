import {
  applyCharges,
  applyRefund,
  type ChargeRequest,
  type ChargeResult,
  type Meter,
  type RefundRequest,
} from "@claviger/core";
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

/** The same for one request. */
export function consumeAtOnce(database: Database, request: ChargeRequest, nowMs: number): ChargeResult {
  return database.transaction(() => consumeOne(database, request, nowMs * US_PER_MS));
}

function consumeOne(database: Database, request: ChargeRequest, nowUs: number): ChargeResult {
  const { tenant, keyId, charges, units } = request;
  refuseShared(request);
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

/** In one transaction, each refund by itself. */
export function refund(database: Database, requests: readonly RefundRequest[]): void {
  database.transaction(() => {
    for (const request of requests) refundOne(database, request);
  });
}

function refundOne(database: Database, request: RefundRequest): void {
  const { tenant, keyId, refunds } = request;
  refuseShared(request);
  const stored = readMeters(database, tenant, keyId);
  for (const each of refunds) {
    const meter = stored.get(each.meter);
    if (meter !== undefined) stored.set(each.meter, applyRefund(meter, each));
  }
  if (stored.size > 0) writeMeters(database, tenant, keyId, stored);
}

// The keyring does not ask for it of a store that says so; who does all the same must not believe that it was done.
function refuseShared({ shared }: ChargeRequest | RefundRequest): void {
  if (shared !== undefined) throw new TypeError("this store has no meters that are shared");
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
