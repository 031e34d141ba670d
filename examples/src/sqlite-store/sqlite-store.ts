import { type ChargeRequest, type Consume, type Store, withAtOnce } from "@claviger/core";
import { chains } from "./chains.js";
import { consume, consumeAtOnce, refund } from "./consume.js";
import type { Database } from "./database.js";
import { eraseEvents } from "./erase-events.js";
import { events } from "./events.js";
import { feed } from "./feed.js";
import { find } from "./find.js";
import { insert } from "./insert.js";
import { list } from "./list.js";
import { changeStanding, readOwners } from "./owners.js";
import { purgeEvents } from "./purge-events.js";
import { append } from "./record-event.js";
import { recordUsage } from "./record-usage.js";
import { replace } from "./replace.js";
import { getSettings, replaceSettings } from "./settings.js";
import { usage } from "./usage.js";

/**
 * A store in a SQLite database, whose tables `createTables` made. The methods are async where the work is not, so that a
 * fault of the driver's is a rejection, never thrown at the caller; but `consume.atOnce`, which has no promise to reject.
 */
export function sqliteStore(database: Database): Store {
  return {
    capabilities: Object.freeze({ meterClock: "caller", lists: "current", sharedMeters: false, signal: "none" }),
    find: async (ids, tenant) => find(database, ids, tenant),
    insert: async (key, cap, event) => insert(database, key, cap, event),
    replace: async (next, expectedVersion, event) => replace(database, next, expectedVersion, event),
    list: async (query) => list(database, query),
    consume: withAtOnce(
      async (...given: Parameters<Consume>) => consume(database, ...given),
      (request: ChargeRequest, nowMs: number) => consumeAtOnce(database, request, nowMs),
    ),
    refund: async (requests) => refund(database, requests),
    append: async (notes) => append(database, notes),
    events: async (query) => events(database, query),
    feed: async (after, limit) => feed(database, after, limit),
    eraseEvents: async (refs, erasedAt) => eraseEvents(database, refs, erasedAt),
    purgeEvents: async (query) => purgeEvents(database, query),
    chains: async (query) => chains(database, query),
    recordUsage: async (batch) => recordUsage(database, batch),
    usage: async (query) => usage(database, query),
    settings: {
      get: async (tenants) => getSettings(database, tenants),
      replace: async (next, expectedVersion, event) => replaceSettings(database, next, expectedVersion, event),
    },
    owners: {
      read: async (owners) => readOwners(database, owners),
      suspend: async (event) => changeStanding(database, event, event.at),
      resume: async (event) => changeStanding(database, event, null),
    },
    close: async () => {},
  };
}
