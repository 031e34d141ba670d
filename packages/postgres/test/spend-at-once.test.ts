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

  it("takes one statement where its key has a row, though its meters are new on it", async () => {
    const store = postgresStore({ client: counted });
    const keyId = freshId();
    const day: Charge = { form: "gcra", meter: "gcra:day", floorUs: NOW_US, addUs: 1, ceilingUs: NOW_US + 9 };
    const quota: Charge = { form: "window", meter: "quota", windowAt: 0, add: 1, ceiling: 9 };
    for (const [charges, statements] of [
      [[], 2],
      [[day], 1],
      [[day, quota], 1],
    ] as const) {
      asked = 0;
      const request = { tenant: "t", keyId, charges: [{ ...quota, meter: "first" }, ...charges], units: 2 };
      expect(await store.consume([request], NOW_MS)).toMatchObject([{ admitted: 2 }]);
      expect(asked).toBe(statements);
    }
  });

  it("that is refused waits for nobody who holds the row, and asks twice; what fits waits, and is charged on what was left", async () => {
    const store = postgresStore({ client: counted });
    const request = (ceiling: number): ChargeRequest => ({
      tenant: "t",
      keyId: "held",
      charges: [{ form: "window", meter: "m", windowAt: 0, add: 1, ceiling }],
      units: 1,
    });
    await store.consume([request(1)], NOW_MS);
    const holder = await opened.client.connect();
    await holder.query("BEGIN");
    await holder.query(`UPDATE claviger.meters SET meters = '{"m": [0, 7]}' WHERE key_id = 'held'`);
    asked = 0;
    const refused = await store.consume([request(1)], NOW_MS);
    expect(refused).toMatchObject([{ admitted: 0, meters: [{ used: 1 }] }]);
    expect(asked).toBe(2);
    const waiting = [store.consume([request(7)], NOW_MS), store.consume([request(8)], NOW_MS)];
    await holder.query("COMMIT");
    holder.release();
    expect((await Promise.all(waiting)).flat()).toMatchObject([
      { admitted: 0, meters: [{ used: expect.any(Number) }] },
      { admitted: 1, meters: [{ used: 8 }] },
    ]);
  });
});
