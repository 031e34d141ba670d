import assert from "node:assert/strict";
import { observation } from "../event-samples.js";
import { writeEveryEvent } from "../every-event.js";
import { purgeToEnd } from "../purge-to-end.js";
import { freshTenant, NOW_MS } from "../samples.js";
import type { Suite } from "../suite.js";
import { among, feedEnd, feedPage, feedThrough } from "../walk-feed.js";

const MANY = 20;

export function feedPositions({ it, createStore, createSubject }: Suite): void {
  it("whoever goes on from any position of the feed meets all that was not met before it, through another handle too", async () => {
    const { store, openAnother } = await createSubject();
    // Where nobody else can reach the data, the store itself stands for the other one.
    const other = openAnother === undefined ? store : await openAnother();
    const end = await feedEnd(store);
    const written = await writeEveryEvent(store);
    const ahead = new Set(written.map(({ id }) => id));
    const { pages } = await feedThrough(store, end, ahead, 1);
    for (const { after, items } of pages) {
      await feedThrough(other, after, ahead, 2);
      for (const { id } of items) ahead.delete(id);
    }
    assert.equal(ahead.size, 0);
  });

  it("what is written after a part of the feed was read comes in a later part, however early its time", async () => {
    const store = await createStore();
    let position = await feedEnd(store);
    for (const at of [NOW_MS, 0, NOW_MS - 1]) {
      const event = observation({ at });
      await store.append([event]);
      const { met, position: next } = await feedThrough(store, position, [event.id]);
      assert.deepEqual(among(met, [event]), [event]);
      position = next;
    }
  });

  it("a part of the feed is empty only where nothing follows, however much was purged before that", async () => {
    const store = await createStore();
    const tenant = freshTenant();
    const end = await feedEnd(store);
    const last = observation();
    await store.append(Array.from({ length: MANY }, () => observation({ tenant })));
    await store.append([last]);
    await feedThrough(store, end, [last.id]);
    await purgeToEnd(store, tenant, NOW_MS + 1);
    for (let position = end, isMet = false; !isMet; ) {
      const page = await feedPage(store, position, 1);
      assert.ok(page.items.length > 0, "more follows");
      isMet = page.items.some(({ id }) => id === last.id);
      position = page.position;
    }
  });

  it("a position that the store never gave is an error, and not the beginning", async () => {
    const store = await createStore();
    await store.append([observation()]);
    await feedPage(store, undefined, 1);
    for (const position of ["", " ", "no position", "-1", "1.5", "\ud800", "a\0b"]) {
      await assert.rejects(store.feed(position, 10), `position ${JSON.stringify(position)}`);
    }
  });
}
