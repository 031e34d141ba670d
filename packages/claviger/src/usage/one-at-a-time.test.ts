import { describe, expect, it } from "vitest";
import { oneAtATime } from "./one-at-a-time.js";

/** A job whose runs end when they are told to. */
function heldJob(): { job: () => Promise<void>; ends: ((error?: Error) => void)[] } {
  const ends: ((error?: Error) => void)[] = [];
  const job = (): Promise<void> =>
    new Promise((resolve, reject) => {
      ends.push((error) => (error === undefined ? resolve() : reject(error)));
    });
  return { job, ends };
}

const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

describe("oneAtATime", () => {
  it("begins at once, and lets all who call meanwhile share the run that follows", async () => {
    const { job, ends } = heldJob();
    const { run, isRunning } = oneAtATime(job);
    const done: string[] = [];
    void run().then(() => done.push("first"));
    void run().then(() => done.push("second"));
    void run().then(() => done.push("third"));
    expect(isRunning()).toBe(true);
    await turn();
    expect(ends).toHaveLength(1);
    ends[0]?.();
    await turn();
    expect(done).toEqual(["first"]);
    expect(ends).toHaveLength(2);
    ends[1]?.();
    await turn();
    expect(done).toEqual(["first", "second", "third"]);
    expect(isRunning()).toBe(false);
    expect(ends).toHaveLength(2);
  });

  it("fails those who waited for the run that failed, and nobody else", async () => {
    const { job, ends } = heldJob();
    const { run } = oneAtATime(job);
    const first = run();
    const second = run();
    ends[0]?.(new Error("lost"));
    await expect(first).rejects.toThrow("lost");
    await turn();
    ends[1]?.();
    await second;
    const third = run();
    ends[2]?.(new Error("again"));
    await expect(third).rejects.toThrow("again");
  });
});
