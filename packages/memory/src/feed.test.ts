import type { NoteEvent } from "@claviger/core";
import { freshId, NOW_MS } from "@claviger/store-conformance/samples";
import { describe, expect, it } from "vitest";
import { feed } from "./feed.js";
import { emptyData } from "./memory-data.js";
import { purgeEvents } from "./purge-events.js";
import { append } from "./record-event.js";

function note(tenant: string): NoteEvent {
  return { id: freshId(), type: "corrupt_key", tenant, keyId: freshId(), actor: "system", at: NOW_MS, data: {} };
}

describe("feed", () => {
  it("of an empty store is empty, without a position", () => {
    expect(feed(emptyData(), undefined, 10)).toEqual({ items: [] });
  });

  it("keeps nothing of what was purged, and goes on from every position that it gave", () => {
    const data = emptyData();
    const [mine, theirs] = [note("mine"), note("theirs")];
    append(data, [mine, theirs]);
    const first = feed(data, undefined, 1);
    expect(first).toEqual({ items: [mine], position: "1" });
    purgeEvents(data, { tenant: "mine", beforeAt: NOW_MS + 1, limit: 10 });
    expect([data.feed.size, data.events.size]).toEqual([1, 1]);
    for (const after of [undefined, "0", first.position]) {
      expect(feed(data, after, 10)).toEqual({ items: [theirs], position: "2" });
    }
    purgeEvents(data, { tenant: "theirs", beforeAt: NOW_MS + 1, limit: 10 });
    expect(feed(data, undefined, 10)).toEqual({ items: [], position: "2" });
    const last = note("mine");
    append(data, [last]);
    expect(feed(data, "2", 10)).toEqual({ items: [last], position: "3" });
  });

  it("takes no position that is still to come", () => {
    const data = emptyData();
    append(data, [note("mine")]);
    expect(() => feed(data, "2", 10)).toThrow("position must be one that the feed of this database gave");
  });
});
