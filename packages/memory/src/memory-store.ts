import type { Store } from "@claviger/core";
import { consume } from "./consume.js";
import { find } from "./find.js";
import { insert } from "./insert.js";
import { list } from "./list.js";
import { emptyData } from "./memory-data.js";
import { append } from "./record-event.js";
import { replace } from "./replace.js";

/**
 * A store in this process's memory: what it holds ends with the process, and no other process sees it. For tests, for
 * trying things out, and as the oracle of the other stores. Every method does its work in one turn of the event loop,
 * which makes it atomic.
 */
export function memoryStore(): Store {
  const data = emptyData();
  return {
    capabilities: Object.freeze({ meterClock: "caller" }),
    find: async (ids, tenant) => find(data, ids, tenant),
    insert: async (key, cap, event) => insert(data, key, cap, event),
    replace: async (next, expectedVersion, event) => replace(data, next, expectedVersion, event),
    list: async (query) => list(data, query),
    consume: async (requests, nowMs) => consume(data, requests, nowMs),
    append: async (events) => append(data, events),
    close: async () => {},
  };
}
