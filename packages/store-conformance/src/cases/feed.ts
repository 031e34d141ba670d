import assert from "node:assert/strict";
import type { AuditEvent } from "@claviger/core";
import { writeEveryEvent } from "../every-event.js";
import type { Suite } from "../suite.js";
import { among, feedEnd, feedThrough } from "../walk-feed.js";

function byId(events: readonly AuditEvent[]): readonly AuditEvent[] {
  return [...events].sort((a, b) => (a.id < b.id ? -1 : 1));
}

const idsOf = (events: readonly AuditEvent[]): string[] => events.map(({ id }) => id);

export function feed({ it, createStore }: Suite): void {
  it("the feed tells of every event of every tenant: changes, notes, settings and owners, whatever their times, as they were", async () => {
    const store = await createStore();
    const end = await feedEnd(store);
    const written = await writeEveryEvent(store);
    for (const from of [end, undefined]) {
      const { met } = await feedThrough(store, from, idsOf(written));
      assert.deepEqual(byId(among(met, written)), byId(written));
    }
  });

  it("the feed tells of the changes of one key in the order of their versions, whatever their times and the page's size", async () => {
    const store = await createStore();
    const end = await feedEnd(store);
    const written = await writeEveryEvent(store);
    const [{ keyId } = { keyId: "" }] = written;
    for (const limit of [1, 3, 100]) {
      const { met } = await feedThrough(store, end, idsOf(written), limit);
      const versions = among(met, written).flatMap((event) => (event.keyId === keyId ? (event.version ?? []) : []));
      assert.deepEqual(versions, [1, 2, 3]);
    }
  });
}
