import { describe, expect, it } from "vitest";
import { suspension } from "../event-samples.js";
import { freshTenant } from "../samples.js";
import { explainedBy, type Recorded } from "./explained-by.js";
import { came } from "./port-call.js";

const ref = { tenant: freshTenant(), owner: "owner" };

const suspend = (outcome: "changed" | "unchanged", predecessors: readonly Recorded[] = []): Recorded => {
  const event = suspension(ref);
  return { predecessors, isDone: true, came: came({ outcome }, (model) => model.switchOwner(event, event.at)) };
};

const read = (isSuspended: boolean, predecessors: readonly Recorded[] = []): Recorded => ({
  predecessors,
  isDone: true,
  came: came(isSuspended, (model) => model.standing(ref).suspendedAt !== null),
});

describe("explainedBy", () => {
  it("finds an order whatever the one in which calls at once were written down", () => {
    expect(explainedBy([suspend("unchanged"), suspend("changed")])).toBe(true);
    expect(explainedBy([read(true), suspend("changed"), read(false)])).toBe(true);
  });

  it("finds none where two calls both say that they were first", () => {
    expect(explainedBy([suspend("changed"), suspend("changed")])).toBe(false);
    expect(explainedBy([suspend("unchanged")])).toBe(false);
  });

  it("keeps each call after those that had been answered before it was made", () => {
    const first = suspend("changed");
    expect(explainedBy([first, read(false)])).toBe(true);
    expect(explainedBy([first, read(false, [first])])).toBe(false);
  });

  it("explains no call that has no answer", () => {
    expect(explainedBy([{ predecessors: [], isDone: false }])).toBe(false);
  });
});
