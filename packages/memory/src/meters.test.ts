import type { ChargeRequest } from "@claviger/core";
import { changed, sampleKey, tombstoneOf } from "@claviger/store-conformance/samples";
import { describe, expect, it } from "vitest";
import { consume } from "./consume.js";
import { emptyData } from "./memory-data.js";
import { putKey } from "./put-key.js";

describe("meters", () => {
  it("of one key id are each tenant's own, and stay when another's key of that id is deleted", () => {
    const data = emptyData();
    const key = sampleKey({ tenant: "mine" });
    putKey(data, key, "created");
    const spend = (tenant: string, meter: string): unknown => {
      const charges = [{ form: "window", meter, windowAt: 0, add: 1, ceiling: 9 }] as const;
      const request: ChargeRequest = { tenant, keyId: key.id, charges, units: 1 };
      return consume(data, [request], 0)[0]?.meters[0];
    };
    const used = (amount: number): unknown => ({ form: "window", windowAt: 0, used: amount });
    expect([spend("theirs", "a"), spend("mine", "a"), spend("theirs", "b")]).toEqual([used(1), used(1), used(1)]);
    expect([spend("theirs", "a"), spend("mine", "a")]).toEqual([used(2), used(2)]);
    putKey(data, tombstoneOf(changed(key, {})), "deleted");
    expect([spend("theirs", "a"), spend("theirs", "b"), spend("mine", "a")]).toEqual([used(3), used(2), used(1)]);
  });
});
