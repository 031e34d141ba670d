import { memoryStore } from "@claviger/memory";
import { describe, expect, it } from "vitest";
import { laggingStore } from "../test/support/lagging-store.js";
import { eventually, listed } from "./eventually.js";

/** Fails so many times, then tells how often it was asked. */
function failing(times: number): () => Promise<number> {
  let asked = 0;
  return async () => {
    asked += 1;
    if (asked <= times) throw new Error(`failed ${asked} times`);
    return asked;
  };
}

describe("eventually", () => {
  it("asks until the check passes", async () => {
    expect(await eventually(failing(3))).toBe(4);
  });

  it("gives up with the check's last failure", async () => {
    await expect(eventually(failing(Number.POSITIVE_INFINITY), 10)).rejects.toThrow(/^failed [0-9]+ times$/);
  });
});

describe("listed", () => {
  it("asks once where lists are current, so that a lag is a failure", async () => {
    await expect(listed(memoryStore(), failing(1))).rejects.toThrow("failed 1 times");
  });

  it("asks again where lists lag", async () => {
    expect(await listed(laggingStore(), failing(2))).toBe(3);
  });
});
