import assert from "node:assert/strict";
import { isStorable } from "@claviger/core";
import { HOSTILE_TEXTS } from "../hostile-texts.js";
import { insertSample, NOW_MS } from "../samples.js";
import type { Suite } from "../suite.js";
import { HOUR_AT, HOUR_MS, usageNow, usageOf } from "../usage-sample.js";

const NAMES: readonly string[] = [
  ...HOSTILE_TEXTS.filter((text) => text !== "" && text.length <= 200 && isStorable(text)),
  "Ab",
  "ab",
  "ab ",
  "a|b",
  "a#b",
  "a:b",
  "a\u001fb",
  "a\nb",
  "\u00e9",
  "e\u0301",
];

export function usageRoundTrip({ it, createStore }: Suite): void {
  it("outcomes and clients keep their names, however hostile, and none is taken for another", async () => {
    const store = await createStore();
    const key = await insertSample(store);
    const names = NAMES.toSorted((a, b) => (a < b ? -1 : 1));
    const counts = names.map((outcome, index) => ({ hourAt: HOUR_AT, outcome, count: 1 + index }));
    const sightings = names.map((name, index) => ({
      kind: "client" as const,
      name,
      firstAt: NOW_MS - index,
      lastAt: NOW_MS + index,
    }));
    const record = usageOf(key, { counts, sightings });
    await store.recordUsage([record]);
    await store.recordUsage([record]);
    const usage = await usageNow(store, key);
    assert.deepEqual(
      usage.counts,
      counts.map((counted) => ({ ...counted, count: 2 * counted.count })),
    );
    assert.deepEqual(usage.sightings, sightings);
  });

  it("a month of hours, two hundred sightings and counts of a million million come back whole", async () => {
    const store = await createStore();
    const key = await insertSample(store);
    const counts = Array.from({ length: 720 }, (_, index) => ({
      hourAt: HOUR_AT + index * HOUR_MS,
      outcome: "ok",
      count: 1_000_000_000_000 + index,
    }));
    const sightings = Array.from({ length: 200 }, (_, index) => ({
      kind: "client" as const,
      name: `${1_000 + index}`.padEnd(100, "x"),
      firstAt: NOW_MS,
      lastAt: NOW_MS,
    }));
    await store.recordUsage([usageOf(key, { counts, sightings })]);
    const usage = await usageNow(store, key);
    assert.deepEqual(usage.counts, counts);
    assert.deepEqual(usage.sightings, sightings);
  });
}
