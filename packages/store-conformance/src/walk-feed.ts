import assert from "node:assert/strict";
import type { AuditEvent, FeedPage, Store } from "@claviger/core";
import { eventually } from "./eventually.js";

const MAX_POSITION_LENGTH = 200;

/** How far each store's feed was read last: on from there it is shorter than from the beginning. */
const ends = new WeakMap<Store, string>();

/** One page of the feed, which must be as the port has it. */
export async function feedPage(store: Store, after: string | undefined, limit: number): Promise<FeedPage> {
  const page = await store.feed(after, limit);
  assert.ok(page.items.length <= limit, "a page holds at most `limit` items");
  assert.ok(page.items.length === 0 || page.position !== undefined, "what was read has a position");
  assert.ok((page.position?.length ?? 0) <= MAX_POSITION_LENGTH, "a position is short");
  return page;
}

/** A position that nothing comes before that is written from now on; undefined while there is nothing at all. */
export async function feedEnd(store: Store): Promise<string | undefined> {
  let position = ends.get(store);
  for (;;) {
    const page = await feedPage(store, position, 100);
    position = page.position ?? position;
    if (page.items.length === 0) break;
  }
  if (position !== undefined) ends.set(store, position);
  return position;
}

/** A page of the feed, and the position from which it was read. */
interface ReadPage {
  readonly after: string | undefined;
  readonly items: readonly AuditEvent[];
}

export interface FeedWalk {
  /** All events, as often as they were met, in the order in which they were. */
  readonly met: readonly AuditEvent[];
  readonly pages: readonly ReadPage[];
  /** Where the next part begins. */
  readonly position: string | undefined;
}

/**
 * Reads the feed from a position until all of these events were met: another transaction in the database may hold them
 * back for a while.
 */
export async function feedThrough(
  store: Store,
  after: string | undefined,
  ids: Iterable<string>,
  limit: number = 100,
): Promise<FeedWalk> {
  const missing = new Set(ids);
  const pages: ReadPage[] = [];
  let position = after;
  await eventually(async () => {
    while (missing.size > 0) {
      const page = await feedPage(store, position, limit);
      pages.push({ after: position, items: page.items });
      for (const event of page.items) missing.delete(event.id);
      position = page.position ?? position;
      assert.ok(page.items.length > 0, `the feed lacks ${missing.size} events, of which one is ${[...missing][0]}`);
    }
  });
  return { met: pages.flatMap(({ items }) => items), pages, position };
}

/** Those of a feed that are among these, each where it was met first, as it came back. */
export function among(met: readonly AuditEvent[], written: readonly AuditEvent[]): readonly AuditEvent[] {
  const missing = new Set(written.map(({ id }) => id));
  return met.filter(({ id }) => missing.delete(id));
}
