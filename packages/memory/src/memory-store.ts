import type { Store } from "@claviger/core";
import { consume } from "./consume.js";
import { events } from "./events.js";
import { find } from "./find.js";
import { insert } from "./insert.js";
import { list } from "./list.js";
import { emptyData } from "./memory-data.js";
import { changeStanding, readOwners } from "./owners.js";
import { append } from "./record-event.js";
import { replace } from "./replace.js";
import { getSettings, replaceSettings } from "./settings.js";
import { recordUsage, usage } from "./usage.js";

/**
 * A store in this process's memory: what it holds ends with the process, and no other process sees it. For tests, for
 * trying things out, and as the oracle of the other stores. Every method does its work in one turn of the event loop,
 * which makes it atomic.
 */
export function memoryStore(): Store {
  const data = emptyData();
  return {
    capabilities: Object.freeze({ meterClock: "caller", lists: "current" }),
    find: async (ids, tenant) => find(data, ids, tenant),
    insert: async (key, cap, event) => insert(data, key, cap, event),
    replace: async (next, expectedVersion, event) => replace(data, next, expectedVersion, event),
    list: async (query) => list(data, query),
    consume: async (requests, nowMs) => consume(data, requests, nowMs),
    recordUsage: async (batch) => recordUsage(data, batch),
    usage: async (query) => usage(data, query),
    append: async (observations) => append(data, observations),
    events: async (query) => events(data, query),
    settings: {
      get: async (tenants) => getSettings(data, tenants),
      replace: async (next, expectedVersion, event) => replaceSettings(data, next, expectedVersion, event),
    },
    owners: {
      read: async (owners) => readOwners(data, owners),
      suspend: async (event) => changeStanding(data, event, event.at),
      resume: async (event) => changeStanding(data, event, null),
    },
    close: async () => {},
  };
}
