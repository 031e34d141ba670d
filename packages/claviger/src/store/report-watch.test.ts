import { expect, it } from "vitest";
import { reportWatch } from "./report-watch.js";

function open(clock: () => number = () => 7) {
  const told: unknown[] = [];
  const hear = reportWatch({ emit: (event) => told.push(event), on: () => () => undefined }, clock);
  return { told, hear };
}

const event = (type: "watch_lost" | "watch_restored") => ({ type, at: 7 });

it("tells once that the signal was lost, and once that it is back", () => {
  const { told, hear } = open();
  for (const kind of ["hearing", "lost", "lost", "hearing", "hearing", "lost"] as const) hear({ kind });
  expect(told).toEqual([event("watch_lost"), event("watch_restored"), event("watch_lost")]);
});

it("tells nothing of a signal that came for the first time, or that says what has changed", () => {
  const { told, hear } = open();
  hear({ kind: "hearing" });
  hear({ kind: "key", keyId: "1" });
  hear({ kind: "tenant", tenant: "t" });
  hear({ kind: "owner", tenant: "t", owner: "o" });
  expect(told).toEqual([]);
});

it("tells of one that was never heard", () => {
  const { told, hear } = open();
  hear({ kind: "lost" });
  expect(told).toEqual([event("watch_lost")]);
});

it("says why, where the store did", () => {
  const { told, hear } = open();
  hear({ kind: "lost", cause: "nobody answers" });
  hear({ kind: "hearing" });
  hear({ kind: "lost", cause: Symbol("no words") as never });
  expect(told).toEqual([
    { ...event("watch_lost"), cause: "nobody answers" },
    event("watch_restored"),
    event("watch_lost"),
  ]);
});

it("never throws at the store, whatever the clock does", () => {
  const { told, hear } = open(() => {
    throw new RangeError("no time");
  });
  hear({ kind: "lost" });
  hear({ kind: "hearing" });
  expect(told).toEqual([]);
});
