import type { Charge } from "@claviger/core";
import { freshId } from "@claviger/store-conformance/samples";
import type pg from "pg";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { postgresStore } from "../src/postgres-store.js";
import { migrate } from "../src/schema/migrate.js";
import { openPool, type TestClient } from "./clients.js";

const HOUR_MS = 3_600_000;
const LIMIT = 10;

/** A limit of ten a day, as core prepares it from a clock: so slow that a test sees no refill. */
function tenADay(nowMs: number): readonly Charge[] {
  const addUs = (24 * HOUR_MS * 1000) / LIMIT;
  return [{ form: "gcra", meter: "gcra:day", floorUs: nowMs * 1000, addUs, ceilingUs: nowMs * 1000 + LIMIT * addUs }];
}

describe("gcra by the server's clock", () => {
  let opened: TestClient<pg.Pool>;
  beforeAll(async () => {
    opened = await openPool();
    await migrate(opened.client);
  });
  afterAll(() => opened.end());

  const serverUs = async (): Promise<number> => {
    const { rows } = await opened.client.query("SELECT floor(extract(epoch FROM clock_timestamp()) * 1e6)::text AS us");
    return Number(rows[0]?.us);
  };

  it("says which time counted, and charges from that, however wrong the caller's clock", async () => {
    const store = postgresStore({ client: opened.client });
    for (const nowMs of [0, Date.UTC(2199, 0), Date.UTC(2026, 0)]) {
      const before = await serverUs();
      const [result] = await store.consume(
        [{ tenant: "t", keyId: freshId(), charges: tenADay(nowMs), units: 1 }],
        nowMs,
      );
      const after = await serverUs();
      expect(result?.nowUs).toBeGreaterThanOrEqual(before);
      expect(result?.nowUs).toBeLessThanOrEqual(after);
      expect(result?.meters).toEqual([{ form: "gcra", tatUs: (result?.nowUs ?? 0) + (24 * HOUR_MS * 1000) / LIMIT }]);
    }
  });

  it("promise 3: callers whose clocks differ by hours share one bound", async () => {
    const store = postgresStore({ client: opened.client });
    const keyId = freshId();
    const nowMs = Date.UTC(2026, 5, 21);
    const results = await Promise.all(
      Array.from({ length: 60 }, (_, index) => {
        const skewedMs = nowMs + ((index % 7) - 3) * HOUR_MS;
        return store.consume([{ tenant: "t", keyId, charges: tenADay(skewedMs), units: 1 }], skewedMs);
      }),
    );
    expect(results.flat().reduce((sum, { admitted }) => sum + admitted, 0)).toBe(LIMIT);
  });

  it("leaves windows to the caller's clock", async () => {
    const store = postgresStore({ client: opened.client });
    const charges = [{ form: "window", meter: "window:day", windowAt: 86_400_000, add: 1, ceiling: 1 }] as const;
    const [result] = await store.consume([{ tenant: "t", keyId: freshId(), charges, units: 1 }], 0);
    expect(result).toMatchObject({ admitted: 1, meters: [{ form: "window", windowAt: 86_400_000, used: 1 }] });
  });

  it("reads the clock once it holds the row, not when it began to wait for it", async () => {
    const store = postgresStore({ client: opened.client });
    const request = { tenant: "t", keyId: freshId(), charges: tenADay(0), units: 1 };
    await store.consume([request], 0);
    const holder = await opened.client.connect();
    await holder.query("BEGIN");
    await holder.query("SELECT FROM claviger.meters WHERE key_id = $1 FOR UPDATE", [request.keyId]);
    const waiting = store.consume([request], 0);
    const isWaiting =
      "SELECT count(*)::int AS count FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'";
    while ((await opened.client.query(isWaiting)).rows[0]?.count === 0);
    const released = await serverUs();
    await holder.query("COMMIT");
    holder.release();
    const [result] = await waiting;
    expect(result?.nowUs).toBeGreaterThan(released);
  });
});
