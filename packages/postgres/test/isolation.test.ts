import { AMPLE, atOnce, changed, changeOf, countOf, insertSample, NOW_MS, sampleKey } from "@claviger/testing";
import { describe, expect, it } from "vitest";
import { postgresStore } from "../src/postgres-store.js";
import { migrate } from "../src/schema/migrate.js";
import { openPool } from "./clients.js";

describe.each(["repeatable read", "serializable"])("a database whose default is %s", (level) => {
  it("gives calls up to one another, and every one is done again until it succeeds: exactly, and without an error", async () => {
    const { client, end } = await openPool({
      max: 4,
      options: `-c default_transaction_isolation=${level.replace(" ", "\\ ")}`,
    });
    expect((await client.query("SHOW transaction_isolation")).rows).toEqual([{ transaction_isolation: level }]);
    await migrate(client);
    const store = postgresStore({ client }, { meterClock: "caller" });
    // Four of each: whoever is given up loses to one of the others, so within four attempts all are through.
    const charges = [{ form: "window", meter: "m", windowAt: 0, add: 1, ceiling: 30 }] as const;
    let admitted = 0;
    for (let round = 0; round < 10; round += 1) {
      const results = await atOnce(4, () => store.consume([{ tenant: "t", keyId: "k", charges, units: 1 }], NOW_MS));
      admitted += results.flat().reduce((sum, result) => sum + result.admitted, 0);
    }
    expect(admitted).toBe(30);

    for (let round = 0; round < 5; round += 1) {
      const inserted = await atOnce(4, () => {
        const key = sampleKey({ tenant: `capped ${round}` });
        return store.insert(key, { ...AMPLE, maxLive: 2 }, changeOf(key, "key.created"));
      });
      expect(countOf(inserted, "inserted")).toBe(2);
      expect(countOf(inserted, "limit_reached")).toBe(2);

      const key = await insertSample(store);
      const replaced = await atOnce(4, () => store.replace(changed(key), key.version, changeOf(key, "key.updated")));
      expect(countOf(replaced, "replaced")).toBe(1);
      expect(countOf(replaced, "conflict")).toBe(3);
    }
    await end();
  });
});
