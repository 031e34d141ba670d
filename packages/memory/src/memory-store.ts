import { type ChargeRequest, type Consume, type OwnerRef, type Signal, type Store, withAtOnce } from "@claviger/core";
import { chains } from "./chains.js";
import { consume, consumeOne } from "./consume.js";
import { eraseEvents } from "./erase-events.js";
import { events } from "./events.js";
import { feed } from "./feed.js";
import { find } from "./find.js";
import { insert } from "./insert.js";
import { list } from "./list.js";
import { emptyData } from "./memory-data.js";
import { changeStanding, readOwner } from "./owners.js";
import { purgeEvents } from "./purge-events.js";
import { append } from "./record-event.js";
import { refund } from "./refund.js";
import { replace } from "./replace.js";
import { getSettings, replaceSettings } from "./settings.js";
import { createSignals } from "./signals.js";
import { recordUsage, usage } from "./usage.js";

/**
 * A store in this process's memory: what it holds ends with the process, and no other process sees it. For tests, for
 * trying things out, and as the oracle of the other stores. Every method does its work in one turn of the event loop,
 * which makes it atomic.
 */
export function memoryStore(): Store {
  const data = emptyData();
  const signals = createSignals();
  return {
    capabilities: Object.freeze({ meterClock: "caller", lists: "current", sharedMeters: true, signal: "sent" }),
    find: async (ids, tenant) => find(data, ids, tenant),
    insert: async (key, cap, event) => insert(data, key, cap, event),
    replace: async (next, expectedVersion, event) =>
      signals.told(replace(data, next, expectedVersion, event), { kind: "key", keyId: next.id }),
    list: async (query) => list(data, query),
    consume: withAtOnce(
      async (...given: Parameters<Consume>) => consume(data, ...given),
      (request: ChargeRequest, nowMs: number, handle?: unknown) => consumeOne(data, request, nowMs, handle),
    ),
    refund: async (requests) => refund(data, requests),
    recordUsage: async (batch) => recordUsage(data, batch),
    usage: async (query) => usage(data, query),
    feed: async (after, limit) => feed(data, after, limit),
    eraseEvents: async (refs, erasedAt) => eraseEvents(data, refs, erasedAt),
    purgeEvents: async (query) => purgeEvents(data, query),
    chains: async (query) => chains(data, query),
    append: async (observations) => append(data, observations),
    events: async (query) => events(data, query),
    settings: {
      get: withAtOnce(
        async (tenants: readonly string[]) => tenants.map((tenant) => getSettings(data, tenant)),
        (tenant: string) => getSettings(data, tenant),
      ),
      replace: async (next, expectedVersion, event) =>
        signals.told(replaceSettings(data, next, expectedVersion, event), { kind: "tenant", tenant: next.tenant }),
    },
    owners: {
      read: withAtOnce(
        async (owners: readonly OwnerRef[]) => owners.map((owner) => readOwner(data, owner)),
        (owner: OwnerRef) => readOwner(data, owner),
      ),
      suspend: async (event) => signals.told(changeStanding(data, event, event.at), ownerSignal(event)),
      resume: async (event) => signals.told(changeStanding(data, event, null), ownerSignal(event)),
    },
    watch: (listener) => signals.watch(listener),
    close: async () => signals.end(),
  };
}

function ownerSignal({ tenant, owner }: OwnerRef): Signal {
  return { kind: "owner", tenant, owner };
}
