import assert from "node:assert/strict";
import { type Charge, MAX_TIME_MS, type Store, unreachable } from "@claviger/core";
import { consumeOne, credits, requestOf } from "../charge-sample.js";
import { eventually } from "../eventually.js";
import { NOW_MS } from "../samples.js";
import type { Suite } from "../suite.js";

const HOUR_MS = 3_600_000;
const SECOND_MS = 1_000;
const MINUTE_US = 60_000_000;
const PER_HOUR = 10;

/** Ten an hour, as core prepares it from a caller's clock. */
function tenAnHour(nowMs: number): readonly Charge[] {
  const addUs = (HOUR_MS * 1000) / PER_HOUR;
  const floorUs = nowMs * 1000;
  return [{ form: "gcra", meter: "gcra:hour", floorUs, addUs, ceilingUs: floorUs + PER_HOUR * addUs }];
}

async function timeGoneBy(store: Store, nowMs: number): Promise<number> {
  return (await consumeOne(store, requestOf(tenAnHour(nowMs)), nowMs)).nowUs;
}

async function goesByTheCaller(store: Store): Promise<void> {
  for (const nowMs of [NOW_MS, NOW_MS - HOUR_MS, 0, MAX_TIME_MS]) {
    assert.equal(await timeGoneBy(store, nowMs), nowMs * 1000);
    assert.equal((await consumeOne(store, requestOf([credits(1)]), nowMs)).nowUs, nowMs * 1000);
  }
}

async function goesByItself(store: Store): Promise<void> {
  const first = await timeGoneBy(store, NOW_MS);
  assert.ok(Number.isSafeInteger(first), "whole microseconds");
  for (const nowMs of [NOW_MS + HOUR_MS, NOW_MS - HOUR_MS, 0]) {
    const later = await timeGoneBy(store, nowMs);
    assert.ok(Math.abs(later - first) < MINUTE_US, "the store's clock does not follow the caller's");
  }
  const moved = async () => assert.ok((await timeGoneBy(store, NOW_MS)) > first, "the store's clock does not stand");
  await eventually(moved, SECOND_MS);
}

export function meterClock({ it, createStore }: Suite): void {
  it("capability meterClock: gcra goes by the store's clock, which runs and follows no caller's, or else exactly by the caller's", async () => {
    const store = await createStore();
    const clock = store.capabilities.meterClock;
    switch (clock) {
      case "store":
        return goesByItself(store);
      case "caller":
        return goesByTheCaller(store);
      default:
        return unreachable(clock);
    }
  });

  it("capability meterClock: callers whose clocks are an hour apart share one bound by the store's clock; by their own, the hour refills", async () => {
    const store = await createStore();
    const key = requestOf([]);
    const spendAt = async (nowMs: number) => {
      const request = { ...key, charges: tenAnHour(nowMs), units: 2 * PER_HOUR };
      return (await consumeOne(store, request, nowMs)).admitted;
    };
    assert.equal(await spendAt(NOW_MS), PER_HOUR);
    assert.equal(await spendAt(NOW_MS - HOUR_MS), 0);
    assert.equal(await spendAt(NOW_MS + HOUR_MS), store.capabilities.meterClock === "store" ? 0 : PER_HOUR);
  });

  it("a window goes by the caller's clock, whosever the meters' is", async () => {
    const store = await createStore();
    const charges = [{ form: "window", meter: "window:day", windowAt: 86_400_000, add: 1, ceiling: 1 }] as const;
    const { meters } = await consumeOne(store, requestOf(charges), 0);
    assert.deepEqual(meters, [{ form: "window", windowAt: 86_400_000, used: 1 }]);
  });
}
