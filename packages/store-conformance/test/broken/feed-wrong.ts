import type { AuditEvent, FeedPage, Store } from "@claviger/core";
import { type BrokenStore, memoryBut, roundTrip } from "./broken-store.js";

function feeds(fault: string, feed: (inner: Store) => Store["feed"], caughtBy: readonly string[]): BrokenStore {
  return { fault, create: memoryBut((inner) => ({ feed: feed(inner) })), caughtBy };
}

const keepsOut = (isOut: (event: AuditEvent) => boolean) => (inner: Store) => {
  return async (after: string | undefined, limit: number): Promise<FeedPage> => {
    const page = await inner.feed(after, limit);
    return { ...page, items: page.items.filter((event) => !isOut(event)) };
  };
};

const ALL =
  "the feed tells of every event of every tenant: changes, notes, settings and owners, whatever their times, as they were";
const IN_ORDER =
  "the feed tells of the changes of one key in the order of their versions, whatever their times and the page's size";
const LATER = "what is written after a part of the feed was read comes in a later part, however early its time";
const RACE =
  "the feed against writers to several keys at once: whoever reads on meets every change, none overtaken by a later one of its key";

/** Whose position is the time of the last event met. */
function byTime(inner: Store): Pick<Store, "insert" | "replace" | "append" | "feed"> {
  const log: AuditEvent[] = [];
  const note = <Result>(result: Result, ...events: readonly AuditEvent[]): Result => {
    log.push(...events);
    return result;
  };
  return {
    insert: async (key, cap, event) => note(await inner.insert(key, cap, event), event),
    replace: async (next, version, event) => note(await inner.replace(next, version, event), event),
    append: async (events) => note(await inner.append(events), ...events),
    feed: async (after, limit) => {
      const ahead = log.filter(({ at }) => at > Number(after ?? -1)).sort((a, b) => a.at - b.at);
      const items = ahead.slice(0, limit);
      const position = items.at(-1)?.at ?? after;
      return { items, ...(position !== undefined && { position: String(position) }) };
    },
  };
}

/** Whose position is a number that was drawn before the write, as of a sequence. Every other key is slow to write. */
function byNumber(inner: Store): Pick<Store, "insert" | "replace" | "append" | "feed"> {
  const log = new Map<number, AuditEvent>();
  const keyIds: string[] = [];
  let drawn = 0;
  const numbered = async <Result>(event: AuditEvent, write: () => Promise<Result>): Promise<Result> => {
    drawn += 1;
    const number = drawn;
    if (keyIds.indexOf(event.keyId ?? "") % 2 === 1) await roundTrip();
    const result = await write();
    log.set(number, event);
    return result;
  };
  return {
    insert: (key, cap, event) => {
      keyIds.push(key.id);
      return numbered(event, () => inner.insert(key, cap, event));
    },
    replace: (next, version, event) => numbered(event, () => inner.replace(next, version, event)),
    append: async (events) => {
      for (const event of events) await numbered(event, () => inner.append([event]));
    },
    feed: async (after, limit) => {
      const ahead = [...log].filter(([number]) => number > Number(after ?? 0)).sort(([a], [b]) => a - b);
      const items = ahead.slice(0, limit);
      const position = items.at(-1)?.[0] ?? after;
      return { items: items.map(([, event]) => event), ...(position !== undefined && { position: String(position) }) };
    },
  };
}

export const feedWrong: readonly BrokenStore[] = [
  feeds(
    "feeds changes of keys only",
    keepsOut(({ chain }) => chain === undefined),
    [ALL],
  ),
  feeds(
    "feeds the changes of a page last ones first",
    (inner) => async (after, limit) => {
      const page = await inner.feed(after, limit);
      return { ...page, items: page.items.toReversed() };
    },
    [IN_ORDER],
  ),
  feeds(
    "feeds one more than it says that it has fed",
    (inner) => async (after, limit) => {
      const { position, ...page } = await inner.feed(after, limit);
      return { ...page, ...(position !== undefined && { position: String(Number(position) + 1) }) };
    },
    [
      "whoever goes on from any position of the feed meets all that was not met before it, through another handle too",
      LATER,
    ],
  ),
  { fault: "takes the time of an event for its place in the feed", create: memoryBut(byTime), caughtBy: [LATER, ALL] },
  feeds(
    "begins anew where it does not know a position",
    (inner) => (after, limit) => inner.feed(after, limit).catch(() => inner.feed(undefined, limit)),
    ["a position that the store never gave is an error, and not the beginning"],
  ),
  {
    fault: "stops at an empty part of the feed for each ten events that were purged",
    create: memoryBut((inner) => {
      let empty = 0;
      return {
        async purgeEvents(query) {
          const result = await inner.purgeEvents(query);
          empty += result.purged / 10;
          return result;
        },
        async feed(after, limit) {
          if (empty < 1) return inner.feed(after, limit);
          empty -= 1;
          return { items: [], ...(after !== undefined && { position: after }) };
        },
      };
    }),
    caughtBy: ["a part of the feed is empty only where nothing follows, however much was purged before that"],
  },
  { fault: "draws an event's place in the feed before it is committed", create: memoryBut(byNumber), caughtBy: [RACE] },
  feeds(
    "tells of what was erased as it was",
    (inner) => {
      const first = new Map<string, AuditEvent>();
      return async (after, limit) => {
        const page = await inner.feed(after, limit);
        for (const event of page.items) if (!first.has(event.id)) first.set(event.id, event);
        return { ...page, items: page.items.map((event) => first.get(event.id) ?? event) };
      };
    },
    ["the feed tells of an erased event without its body, or not at all"],
  ),
];
