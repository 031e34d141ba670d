import { changed, sampleKey, tombstoneOf } from "@claviger/store-conformance/samples";
import { describe, expect, it } from "vitest";
import { emptyData, scopedName } from "./memory-data.js";
import { putKey } from "./put-key.js";

describe("putKey", () => {
  it("keeps of a deleted key only its tombstone, so that lists and caps never count their way over the dead", () => {
    const data = emptyData();
    const [key, other] = [sampleKey({ tenant: "t", owner: "o" }), sampleKey({ tenant: "t", owner: "o" })];
    for (const each of [key, other]) putKey(data, each, "created");
    putKey(data, tombstoneOf(key), "deleted");
    expect(data.keys.size).toBe(2);
    expect(data.order.get("t")?.size).toBe(1);
    expect([...(data.owners.get(scopedName("t", "o")) ?? [])]).toEqual([other.id]);
  });

  it("moves a key whose place or owner changed, and leaves the others where they are", () => {
    const data = emptyData();
    const key = sampleKey({ tenant: "t", owner: "o", createdAt: 5 });
    putKey(data, key, "1");
    putKey(data, changed(key, { name: "renamed" }), "2");
    expect(data.order.get("t")?.size).toBe(1);
    putKey(data, changed(key, { createdAt: 9, owner: "p" }), "3");
    expect(data.order.get("t")?.size).toBe(1);
    expect(data.order.get("t")?.at(0)).toEqual({ at: 9, id: key.id });
    expect(data.owners.get(scopedName("t", "o"))?.size).toBe(0);
    expect(data.owners.get(scopedName("t", "p"))?.size).toBe(1);
  });
});
