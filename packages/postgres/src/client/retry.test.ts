import { describe, expect, it } from "vitest";
import { createRetry, GIVEN_UP } from "./retry.js";

const failure = (code: string): Error => Object.assign(new Error("given up"), { code });

/** An act that fails with these codes, one after the other, and then succeeds. */
function failing(...codes: readonly string[]): { readonly act: () => Promise<string>; readonly calls: () => number } {
  let calls = 0;
  const act = async (): Promise<string> => {
    const code = codes[calls];
    calls += 1;
    if (code !== undefined) throw failure(code);
    return "done";
  };
  return { act, calls: () => calls };
}

describe("retry", () => {
  it.each(["40001", "40P01"])(
    "does an act again that PostgreSQL gave up with %s, after pauses that double",
    async (code) => {
      const pauses: number[] = [];
      const retry = createRetry(GIVEN_UP, async (ms) => void pauses.push(ms));
      const { act, calls } = failing(...Array.from({ length: 9 }, () => code));
      expect(await retry(act)).toBe("done");
      expect(calls()).toBe(10);
      expect(pauses).toHaveLength(9);
      pauses.forEach((ms, index) => {
        const middleMs = Math.min(4 * 2 ** index, 500);
        expect(ms).toBeGreaterThanOrEqual(middleMs / 2);
        expect(ms).toBeLessThan(1.5 * middleMs);
      });
    },
  );

  it("ends after ten attempts with the last error", async () => {
    const retry = createRetry(GIVEN_UP, async () => {});
    const { act, calls } = failing(...Array.from({ length: 99 }, () => "40001"));
    await expect(retry(act)).rejects.toMatchObject({ code: "40001" });
    expect(calls()).toBe(10);
  });

  it.each(["23505", "57P01", "ECONNRESET"])("leaves %s to the caller at once", async (code) => {
    const retry = createRetry(GIVEN_UP, async () => {});
    const { act, calls } = failing(code);
    await expect(retry(act)).rejects.toMatchObject({ code });
    expect(calls()).toBe(1);
  });

  it("parts calls that were given up together: no two of a hundred pauses are alike", async () => {
    const pauses: number[] = [];
    const retry = createRetry(GIVEN_UP, async (ms) => void pauses.push(ms));
    await Promise.all(Array.from({ length: 100 }, () => retry(failing("40P01").act)));
    const gaps = pauses.sort((a, b) => a - b).map((ms, index) => ms - (pauses[index - 1] ?? 0));
    expect(pauses).toHaveLength(100);
    expect(Math.min(...gaps)).toBeGreaterThan(0.005);
  });
});
