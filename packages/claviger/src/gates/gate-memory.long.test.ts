import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { fakeClock } from "@claviger/testing";
import { expect, it } from "vitest";
import { aKey } from "../../../core/test/a-key.js";
import { createStopwatch } from "../elapsed.js";
import { createGateKeeper } from "./create-gate-keeper.js";

const MB = 1_048_576;
const BOUND = 50_000;
const ALL = 1_000_000;

setFlagsFromString("--expose-gc");
const collect: () => void = runInNewContext("gc");

function heapMb(): number {
  collect();
  return process.memoryUsage().heapUsed / MB;
}

it("a million tenants with as many owners leave the heap where the first 50,000 brought it", async () => {
  const gates = createGateKeeper({
    store: {
      settings: { get: async () => [undefined], replace: async () => ({ outcome: "replaced" }) },
      owners: {
        read: async () => [{ suspendedAt: null }],
        suspend: async () => ({ outcome: "unchanged" }),
        resume: async () => ({ outcome: "unchanged" }),
      },
    },
    settings: { requireEnabled: false, ownerLimits: [], tenantLimits: [] },
    stopwatch: createStopwatch(fakeClock().now),
    gateStaleMs: 3_600_000,
  });
  const key = aKey();
  const meet = async (from: number, to: number): Promise<void> => {
    for (let index = from; index < to; index += 1)
      await gates.of({ ...key, tenant: `tenant ${index}`, owner: `owner ${index}` });
  };
  const emptyMb = heapMb();
  await meet(0, BOUND);
  const fullMb = heapMb();
  await meet(BOUND, ALL);
  expect(fullMb - emptyMb).toBeLessThan(40);
  expect(heapMb() - fullMb).toBeLessThan(5);
});
