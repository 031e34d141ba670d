import { describe, expect, it } from "vitest";
import { createBackground } from "./background.js";

/** A job that ends when it is told to. */
function openJob(): { job: () => Promise<void>; end: () => void; fail: () => void; runs: () => number } {
  let runs = 0;
  let settle: { end: () => void; fail: () => void } = { end: () => undefined, fail: () => undefined };
  return {
    job: () => {
      runs += 1;
      return new Promise((resolve, reject) => {
        settle = { end: resolve, fail: () => reject(new Error("no")) };
      });
    },
    end: () => settle.end(),
    fail: () => settle.fail(),
    runs: () => runs,
  };
}

describe("createBackground", () => {
  it("runs one job of a name at a time, and another as soon as that has settled", async () => {
    const background = createBackground();
    const { job, end, runs } = openJob();
    for (let asked = 0; asked < 3; asked += 1) background.runOnce("a", job);
    background.runOnce("b", async () => undefined);
    expect(runs()).toBe(1);
    end();
    await background.settled();
    background.runOnce("a", job);
    expect(runs()).toBe(2);
    end();
    await background.settled();
  });

  it("settles when the jobs under way have, and at once where there are none", async () => {
    const background = createBackground();
    await background.settled();
    const { job, end } = openJob();
    background.runOnce("a", job);
    let settled = false;
    const settling = background.settled().then(() => {
      settled = true;
    });
    await new Promise((resolve) => setImmediate(resolve));
    expect(settled).toBe(false);
    end();
    await settling;
  });

  it("keeps a failure to itself, and runs the next of that name", async () => {
    const background = createBackground();
    const { job, fail, runs } = openJob();
    background.runOnce("a", job);
    fail();
    await background.settled();
    background.runOnce("a", job);
    expect(runs()).toBe(2);
    fail();
    await background.settled();
  });
});
