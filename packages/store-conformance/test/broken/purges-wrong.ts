import type { AuditEvent, ChainAnchor, PurgeQuery, Store } from "@claviger/core";
import { eventsOfTenant } from "../../src/walk-events.js";
import { type BrokenStore, memoryBut, roundTrip } from "./broken-store.js";

const PREFIX =
  "promise 8: purgeEvents takes a chain's events from its beginning up to the first that is not before the time, never from its middle, and anchors it";
const BEFORE =
  "purgeEvents takes what is before the time, and nothing of that very millisecond or after, of keys, settings and owners alike";
const GOES_ON = "purgeEvents goes on from call to call, about 1 at a time, to the end, and counts what it took";
const CHANGES_ON = "a purged key changes on as before, and a deleted one's chain is purged too: the head stays";
const APART = "tenant isolation, purgeEvents: the events and chains of other tenants stay";
const FEED = "the feed goes on from every position that it gave before a purge, and tells of nothing that was purged";
const RACE =
  "promise 8: purge against changes of a key: at every moment, what is left of its chain begins at its anchor, and it verifies in the end";

function purges(
  fault: string,
  change: (inner: Store) => Store["purgeEvents"],
  caughtBy: readonly string[],
): BrokenStore {
  return { fault, create: memoryBut((inner) => ({ purgeEvents: change(inner) })), caughtBy };
}

/** A store of which the log lacks what this purge took. */
function hides(fault: string, isGone: (event: AuditEvent, query: PurgeQuery) => boolean, caughtBy: readonly string[]) {
  const create = memoryBut((inner) => {
    const gone = new Set<string>();
    return {
      purgeEvents: async (query) => {
        for (const event of await eventsOfTenant(inner, query.tenant)) if (isGone(event, query)) gone.add(event.id);
        return inner.purgeEvents(query);
      },
      events: async (query) => {
        const page = await inner.events(query);
        return { ...page, items: page.items.filter(({ id }) => !gone.has(id)) };
      },
    };
  });
  return { fault, create, caughtBy };
}

/** A store that tells of another anchor than it should. */
function anchors(
  fault: string,
  tell: (anchor: ChainAnchor | null, before: ChainAnchor | null) => ChainAnchor | null,
  caughtBy: readonly string[],
): BrokenStore {
  const create = memoryBut((inner) => {
    const told = new Map<string, ChainAnchor | null>();
    return {
      chains: async (query) => {
        const page = await inner.chains(query);
        const items = page.items.map((chain) => {
          const anchor = tell(chain.anchor, told.get(chain.keyId) ?? null);
          told.set(chain.keyId, anchor);
          return { ...chain, anchor };
        });
        return { ...page, items };
      },
    };
  });
  return { fault, create, caughtBy };
}

export const purgesWrong: readonly BrokenStore[] = [
  hides("purges by time alone, out of the middle of a chain", ({ at }, { beforeAt }) => at < beforeAt, [PREFIX]),
  hides("purges what happened at the very time, too", ({ at }, { beforeAt }) => at <= beforeAt, [BEFORE]),
  hides("purges all of a tenant's notes", ({ chain }) => chain === undefined, [PREFIX, BEFORE]),
  purges("purges nothing", () => async () => ({ purged: 0, more: false }), [PREFIX, BEFORE, GOES_ON, CHANGES_ON, FEED]),
  purges(
    "says after each call that it is done",
    (inner) => async (query) => ({ ...(await inner.purgeEvents({ ...query, limit: 1 })), more: false }),
    [PREFIX, GOES_ON],
  ),
  purges(
    "never says that it is done",
    (inner) => async (query) => ({ ...(await inner.purgeEvents(query)), more: true }),
    [GOES_ON],
  ),
  purges("counts no event", (inner) => async (query) => ({ ...(await inner.purgeEvents(query)), purged: 0 }), [
    GOES_ON,
  ]),
  {
    fault: "forgets the tenant in purgeEvents",
    create: memoryBut((inner) => {
      const tenants = new Set<string>();
      return {
        insert: (key, cap, event) => {
          tenants.add(key.tenant);
          return inner.insert(key, cap, event);
        },
        purgeEvents: async (query) => {
          for (const tenant of tenants) await inner.purgeEvents({ ...query, tenant });
          return inner.purgeEvents(query);
        },
      };
    }),
    caughtBy: [APART],
  },
  anchors("leaves no anchor", () => null, [PREFIX, GOES_ON, CHANGES_ON, RACE]),
  anchors("leaves an anchor that is one event late", (anchor) => anchor && { ...anchor, version: anchor.version + 1 }, [
    PREFIX,
    CHANGES_ON,
    RACE,
  ]),
  anchors("never moves an anchor", (anchor, before) => before ?? anchor, [PREFIX, CHANGES_ON]),
  {
    fault: "feeds what was purged",
    create: memoryBut((inner) => {
      const fed = new Map<string, Awaited<ReturnType<Store["feed"]>>>();
      return {
        feed: async (after, limit) => {
          const page = fed.get(`${after}`) ?? (await inner.feed(after, limit));
          if (page.items.length > 0) fed.set(`${after}`, page);
          return page;
        },
      };
    }),
    caughtBy: [FEED],
  },
  {
    fault: "takes events away before it has anchored their chain",
    create: memoryBut((inner) => {
      let anchored = new Map<string, ChainAnchor | null>();
      let isPurging = false;
      return {
        purgeEvents: async (query) => {
          isPurging = true;
          const result = await inner.purgeEvents(query);
          await roundTrip();
          isPurging = false;
          return result;
        },
        chains: async (query) => {
          const page = await inner.chains(query);
          if (!isPurging) anchored = new Map(page.items.map(({ keyId, anchor }) => [keyId, anchor]));
          const items = page.items.map((chain) => ({ ...chain, anchor: anchored.get(chain.keyId) ?? null }));
          return { ...page, items };
        },
      };
    }),
    caughtBy: [RACE],
  },
];
