import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { ClavigerError, type UsedKeyRecord } from "@claviger/core";
import { beforeAll, describe, expect, it } from "vitest";
import { aKey } from "../../../core/test/a-key.js";
import { createUsageTracker } from "../../src/usage/create-usage-tracker.js";
import type { UsageTracker } from "../../src/usage/usage-tracker.js";

const MILLION = 1_000_000;
const MB = 1_048_576;
const NOW_MS = Date.UTC(2026, 5, 21, 12);
const KEY = aKey();

let collectGarbage: () => void;
beforeAll(() => {
  setFlagsFromString("--expose-gc");
  collectGarbage = runInNewContext("gc");
});

function heapMb(): number {
  collectGarbage();
  return process.memoryUsage().heapUsed / MB;
}

/** Long, another for each number, and of signs alone: whatever reads words leaves it as it is. */
const oddName = (index: number): string =>
  [...String(index)]
    .map((digit) => "!$%&/()=?+"[Number(digit)])
    .join("")
    .padEnd(16_000, "-");

const keyOf = (index: number): UsedKeyRecord => ({ ...KEY, id: `key ${index}` });
const down = (): Promise<void> => Promise.reject(new ClavigerError("store_unavailable", "the store failed"));

function openTracker(onDropped: (verifies: number) => void): {
  tracker: UsageTracker;
  use(key: UsedKeyRecord, client: string): void;
} {
  const tracker = createUsageTracker({ flushIntervalMs: 60_000, evidence: true }, down, onDropped);
  const request = {
    scopes: [],
    ip: undefined,
    resources: undefined,
    cost: 1,
    tenant: undefined,
    client: undefined,
  };
  return { tracker, use: (key, client) => tracker.note(key, "current", { ...request, client }, "accepted", NOW_MS) };
}

describe("while the store is down, the heap stays within bounds", () => {
  it("when a million keys are used, each by a client of its own", async () => {
    let dropped = 0;
    const { tracker, use } = openTracker((verifies) => {
      dropped += verifies;
    });
    const beforeMb = heapMb();
    for (let index = 0; index < MILLION; index += 1) use(keyOf(index), `client ${index}`);
    await expect(tracker.flush()).rejects.toThrow();
    expect(heapMb() - beforeMb).toBeLessThan(60);
    expect(dropped).toBeGreaterThanOrEqual(MILLION - 33_333);
  });

  it("when a thousand keys' clients call themselves by another name each time, and a long one", async () => {
    const { tracker, use } = openTracker(() => undefined);
    const beforeMb = heapMb();
    for (let index = 0; index < MILLION / 10; index += 1) use(keyOf(index % 1_000), oddName(index));
    await expect(tracker.flush()).rejects.toThrow();
    expect(heapMb() - beforeMb).toBeLessThan(60);
  });
});
