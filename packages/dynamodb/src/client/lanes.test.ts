import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createLanes } from "./lanes.js";

describe("lanes", () => {
  it("have one piece of work a name under way, in the order of arrival, and give everyone his own results", async () => {
    const calls = fc.array(fc.record({ name: fc.constantFrom("a", "b"), work: fc.array(fc.nat(), { maxLength: 3 }) }));
    await fc.assert(
      fc.asyncProperty(calls, fc.scheduler(), async (given, scheduler) => {
        const underWay = new Map<string, number>();
        const done = new Map<string, number[]>();
        const lanes = createLanes<number, string>(async (name, work) => {
          underWay.set(name, (underWay.get(name) ?? 0) + 1);
          expect(underWay.get(name)).toBe(1);
          await scheduler.schedule(Promise.resolve());
          underWay.set(name, 0);
          done.set(name, [...(done.get(name) ?? []), ...work]);
          return work.map((each) => `${name} ${each}`);
        });
        const results = given.map(({ name, work }) => lanes.go(name, work));
        expect(await scheduler.waitFor(Promise.all(results))).toEqual(
          given.map(({ name, work }) => work.map((each) => `${name} ${each}`)),
        );
        for (const [name, work] of done) {
          expect(work).toEqual(given.filter((each) => each.name === name).flatMap((each) => each.work));
        }
      }),
    );
  });

  it("join what waits: a hundred callers at once are two pieces of work, and trouble is that of those who went together", async () => {
    const sizes: number[] = [];
    const followed: boolean[] = [];
    const lanes = createLanes<number, number>(async (_, work, follows) => {
      sizes.push(work.length);
      followed.push(follows);
      await Promise.resolve();
      if (sizes.length === 1) throw new Error("trouble");
      return work;
    });
    const outcomes = await Promise.allSettled(Array.from({ length: 100 }, (_, index) => lanes.go("a", [index])));
    expect(sizes).toEqual([1, 99]);
    expect(outcomes.map(({ status }) => status)).toEqual([
      "rejected",
      ...Array.from({ length: 99 }, () => "fulfilled"),
    ]);
    expect(lanes.isBusy("a")).toBe(false);
    const lone = lanes.go("a", [7]);
    expect([lanes.isBusy("a"), lanes.isBusy("b")]).toEqual([true, false]);
    expect(await lone).toEqual([7]);
    expect(followed).toEqual([false, true, false]);
  });
});
