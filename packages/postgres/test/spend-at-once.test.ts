import { applyCharges, type Charge, type ChargeRequest, type Meter } from "@claviger/core";
import { freshId, NOW_MS } from "@claviger/store-conformance/samples";
import fc from "fast-check";
import type pg from "pg";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { PgClient } from "../src/client/client.js";
import { postgresStore } from "../src/postgres-store.js";
import { migrate } from "../src/schema/migrate.js";
import { openPool, type TestClient } from "./clients.js";

const NOW_US = NOW_MS * 1000;

describe("a request that comes by itself", () => {
  let opened: TestClient<pg.Pool>;
  beforeAll(async () => {
    opened = await openPool();
    await migrate(opened.client);
  });
  afterAll(() => opened.end());

  const windowCharge = fc.record({
    form: fc.constant("window" as const),
    windowAt: fc.constantFrom(0, 60_000, 120_000),
    add: fc.nat(3),
    ceiling: fc.integer({ min: -1, max: 12 }),
  });
  const gcraCharge = fc.record({
    form: fc.constant("gcra" as const),
    floorUs: fc.integer({ min: -6, max: 6 }).map((us) => NOW_US + us),
    addUs: fc.nat(3),
    ceilingUs: fc.integer({ min: -6, max: 12 }).map((us) => NOW_US + us),
  });
  /** More than one statement takes at once included. */
  const charges: fc.Arbitrary<readonly Charge[]> = fc
    .array(fc.oneof(windowCharge, gcraCharge), { minLength: 1, maxLength: 4 })
    .map((some) => some.map((charge, index) => ({ ...charge, meter: `${charge.form}:${index}` })));

  it("gets what core's applyCharges gives, whatever its charges and units, one after the other on one key", async () => {
    const store = postgresStore({ client: opened.client }, { meterClock: "caller" });
    await fc.assert(
      fc.asyncProperty(fc.array(fc.record({ charges, units: fc.integer({ min: 1, max: 4 }) })), async (asked) => {
        const keyId = freshId();
        const stored = new Map<string, Meter>();
        for (const request of asked) {
          const expected = applyCharges(stored, request.charges, request.units);
          expect(await store.consume([{ tenant: "t", keyId, ...request }], NOW_MS)).toEqual([
            { ...expected, nowUs: NOW_US },
          ]);
          for (const [index, { meter }] of request.charges.entries()) {
            const after = expected.meters[index];
            if (after) stored.set(meter, after);
          }
        }
      }),
    );
  });

  it("promise 3: of 400 that 20 connections send at once exactly as many are admitted as fit, of rows that are and are not there", async () => {
    const dayUs = 86_400_000_000;
    const charged: readonly Charge[] = [
      { form: "window", meter: "quota", windowAt: 0, add: 1, ceiling: 100 },
      { form: "gcra", meter: "gcra:day", floorUs: NOW_US, addUs: dayUs, ceilingUs: NOW_US + 90 * dayUs },
    ];
    const store = postgresStore({ client: opened.client });
    for (const some of [charged.slice(0, 1), charged.slice(1), charged]) {
      const request: ChargeRequest = { tenant: "t", keyId: freshId(), charges: some, units: 1 };
      const results = await Promise.all(Array.from({ length: 400 }, () => store.consume([request], NOW_MS)));
      const admitted = results.flat().filter((result) => result.admitted === 1);
      expect(admitted).toHaveLength(some.length === 1 && some[0]?.form === "window" ? 100 : 90);
      expect(new Set(admitted.map(({ meters }) => JSON.stringify(meters))).size).toBe(admitted.length);
    }
  });

  let asked = 0;
  const counted: PgClient = {
    query: (config) => {
      asked += 1;
      return opened.client.query(config);
    },
  };

  it("takes one statement, the first of its key too, and where its meters are new on the row; a refusal two, and one as long as it lasts", async () => {
    const store = postgresStore({ client: counted });
    const keyId = freshId();
    const day: Charge = { form: "gcra", meter: "gcra:day", floorUs: NOW_US, addUs: 1, ceilingUs: NOW_US + 9 };
    const quota: Charge = { form: "window", meter: "quota", windowAt: 0, add: 1, ceiling: 9 };
    for (const charges of [[], [day], [day, quota]]) {
      asked = 0;
      const request = { tenant: "t", keyId, charges: [{ ...quota, meter: "first" }, ...charges], units: 2 };
      expect(await store.consume([request], NOW_MS)).toMatchObject([{ admitted: 2 }]);
      expect(asked).toBe(1);
    }
    asked = 0;
    const full = { tenant: "t", keyId, charges: [{ ...quota, ceiling: 3 }], units: 2 };
    expect(await store.consume([{ ...full, charges: [{ ...quota, ceiling: 2 }] }], NOW_MS)).toMatchObject([
      { admitted: 0, meters: [{ used: 2 }] },
    ]);
    expect(asked).toBe(2);
    for (const statements of [3, 4]) {
      expect(await store.consume([{ ...full, charges: [{ ...quota, ceiling: 2 }] }], NOW_MS)).toMatchObject([
        { admitted: 0, meters: [{ used: 2 }] },
      ]);
      expect(asked).toBe(statements);
    }
    expect(await store.consume([full], NOW_MS)).toMatchObject([{ admitted: 1, meters: [{ used: 3 }] }]);
    asked = 0;
    expect(await store.consume([{ ...full, charges: [quota] }], NOW_MS)).toMatchObject([{ admitted: 2 }]);
    expect(asked).toBe(1);
  });

  it("that waits for whoever holds the row is charged on what he left, at the time when he lets go", async () => {
    const store = postgresStore({ client: opened.client });
    const rate: Charge = { form: "gcra", meter: "gcra:s", floorUs: 0, addUs: 50_000_000, ceilingUs: 150_000_000 };
    const quota: Charge = { form: "window", meter: "quota", windowAt: 0, add: 1, ceiling: 8 };
    const waits =
      "SELECT count(*)::int AS count FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'";
    for (const [act, end] of [
      ["SELECT FROM claviger.meters WHERE key_id = $1 FOR UPDATE", "COMMIT"],
      ["SELECT FROM claviger.meters WHERE key_id = $1 FOR UPDATE", "ROLLBACK"],
      [`UPDATE claviger.meters SET meters = '{"quota": [0, 7]}' WHERE key_id = $1`, "COMMIT"],
    ] as const) {
      const keyId = freshId();
      await opened.client.query("INSERT INTO claviger.meters VALUES ($1, 't', '{}')", [keyId]);
      const holder = await opened.client.connect();
      await holder.query("BEGIN");
      await holder.query(act, [keyId]);
      const [onRate, onQuota] = [rate, quota].map((charge) =>
        Array.from({ length: 5 }, () => store.consume([{ tenant: "t", keyId, charges: [charge], units: 1 }], 0)),
      );
      while ((await opened.client.query(waits)).rows[0]?.count < 10);
      const { rows } = await holder.query("SELECT floor(extract(epoch FROM clock_timestamp()) * 1e6)::text AS us");
      await holder.query(end);
      holder.release();
      const rated = (await Promise.all(onRate ?? [])).flat();
      expect(rated.filter(({ admitted }) => admitted === 1)).toHaveLength(3);
      for (const { nowUs } of rated) expect(nowUs).toBeGreaterThan(Number(rows[0]?.us));
      const counted = (await Promise.all(onQuota ?? [])).flat();
      expect(counted.filter(({ admitted }) => admitted === 1)).toHaveLength(act.startsWith("UPDATE") ? 1 : 5);
    }
  });
});
