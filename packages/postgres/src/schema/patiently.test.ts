import { describe, expect, it } from "vitest";
import { LOCK_NOT_AVAILABLE, patiently } from "./patiently.js";

/** An act that waits a second each time, in vain but for the last; its failures have this code. */
function waiting(code: string, failures: number) {
  const pauses: number[] = [];
  let nowMs = 7;
  let calls = 0;
  const act = async (): Promise<string> => {
    calls += 1;
    nowMs += 1_000;
    if (calls <= failures) throw Object.assign(new Error("waited"), { code });
    return "done";
  };
  const pause = async (ms: number): Promise<void> => {
    pauses.push(ms);
    nowMs += ms;
  };
  return { act, time: { nowMs: () => nowMs, pause }, pauses, calls: () => calls };
}

describe("patiently", () => {
  it("does an act again that did not get a lock, after pauses of 250 to 750 ms that differ", async () => {
    const { act, time, pauses, calls } = waiting(LOCK_NOT_AVAILABLE, 5);
    expect(await patiently(act, time)).toBe("done");
    expect(calls()).toBe(6);
    expect(new Set(pauses).size).toBe(5);
    expect(Math.min(...pauses)).toBeGreaterThanOrEqual(250);
    expect(Math.max(...pauses)).toBeLessThan(750);
  });

  it("ends with the last error once ten seconds have passed", async () => {
    const { act, time, calls } = waiting(LOCK_NOT_AVAILABLE, 99);
    await expect(patiently(act, time)).rejects.toMatchObject({ code: LOCK_NOT_AVAILABLE });
    expect(time.nowMs() - 7).toBeGreaterThanOrEqual(10_000);
    expect(time.nowMs() - 7).toBeLessThan(12_000);
    expect(calls()).toBeGreaterThan(5);
  });

  it("leaves every other failure to the caller at once", async () => {
    const { act, time, calls } = waiting("42501", 99);
    await expect(patiently(act, time)).rejects.toMatchObject({ code: "42501" });
    expect(calls()).toBe(1);
  });
});
