import assert from "node:assert/strict";
import type { UsageCount } from "@claviger/core";
import { insertSample, NOW_MS } from "../samples.js";
import type { Suite } from "../suite.js";
import { HOUR_AT, HOUR_MS, usageNow, usageOf } from "../usage-sample.js";

export function usageRange({ it, createStore }: Suite): void {
  it("usage counts the hours that began within a half-open range; last-used and sightings are of all time", async () => {
    const store = await createStore();
    const key = await insertSample(store);
    const at = (hours: number) => HOUR_AT + hours * HOUR_MS;
    const counts = [0, 1, 2, 3].map((hours): UsageCount => ({ hourAt: at(hours), outcome: "ok", count: 1 + hours }));
    await store.recordUsage([usageOf(key, { counts })]);
    const { sightings } = await usageNow(store, key);
    for (const [fromAt, beforeAt, first, end] of [
      [at(0), at(4), 0, 4],
      [at(1), at(3), 1, 3],
      [at(1), at(3) + 1, 1, 4],
      [at(1) + 1, at(3), 2, 3],
      [at(2), at(2), 0, 0],
      [at(3), at(1), 0, 0],
      [at(4), at(9), 0, 0],
    ] as const) {
      const usage = await store.usage({ tenant: key.tenant, keyIds: [key.id], fromAt, beforeAt });
      const expected = { keyId: key.id, lastUsedAt: NOW_MS, counts: counts.slice(first, end), sightings };
      assert.deepEqual(usage, [expected]);
    }
  });

  it("counts come in the order of (hour, outcome), sightings of (kind, name), by code unit", async () => {
    const store = await createStore();
    const key = await insertSample(store);
    const seen = { firstAt: NOW_MS, lastAt: NOW_MS };
    const names = ["10", "2", "B", "a", "ä", "\u{1F511}", "\uFF5E"];
    const counts = [HOUR_AT, HOUR_AT + 10 * HOUR_MS].flatMap((hourAt) =>
      names.map((outcome) => ({ hourAt, outcome, count: 1 })),
    );
    const sightings = (["client", "scope", "secret"] as const).flatMap((kind) =>
      names.map((name) => ({ kind, name, ...seen })),
    );
    await store.recordUsage([usageOf(key, { counts: counts.toReversed(), sightings: sightings.toReversed() })]);
    const usage = await usageNow(store, key);
    assert.deepEqual(usage.counts, counts);
    assert.deepEqual(usage.sightings, sightings);
  });
}
