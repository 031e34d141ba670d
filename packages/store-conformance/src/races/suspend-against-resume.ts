import assert from "node:assert/strict";
import { resumption, suspension } from "../event-samples.js";
import { listed } from "../eventually.js";
import { freshTenant, NOW_MS } from "../samples.js";
import { eventsOfTenant } from "../walk-events.js";
import { atOnce, byTurns } from "./act-at-once.js";
import type { Race } from "./race.js";

export const suspendAgainstResume: Race = {
  title: "suspend against resume: each that changed the standing has an event, and the last of them is how it stands",
  async run(course) {
    const owner = { tenant: freshTenant(), owner: "owner" };
    const done = await atOnce(
      course,
      byTurns(
        (index) => ({ verb: "suspend", event: suspension(owner, NOW_MS + index) }) as const,
        (index) => ({ verb: "resume", event: resumption(owner, NOW_MS + index) }) as const,
      ),
    );
    const changes = done.filter(({ answer }) => answer.outcome === "changed").map(({ act }) => act);
    const suspensions = changes.filter(({ verb }) => verb === "suspend");
    const { store } = course;
    const [standing] = await store.owners.read([owner]);
    const suspendedAt = standing?.suspendedAt ?? null;
    assert.equal(suspensions.length * 2 - changes.length, suspendedAt === null ? 0 : 1, "they take turns");
    if (suspendedAt !== null) assert.ok(suspensions.some(({ event }) => event.at === suspendedAt));
    await listed(store, async () => {
      const events = await eventsOfTenant(store, owner.tenant);
      assert.deepEqual(events.map(({ id }) => id).sort(), changes.map(({ event }) => event.id).sort());
    });
  },
};
