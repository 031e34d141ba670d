import { type MeterStore, type OwnerStore, type SettingsStore, type Store, withIfUnchanged } from "@claviger/core";
import type { FaultPlan } from "./fault.js";
import { createFaultyLine, type FaultyLine } from "./faulty-line.js";

/**
 * The store at the end of a bad line: each call of it meets the next fault of the plan. What fails by a fault throws
 * {@link InjectedFault}. `close` meets none, and waits for what is still on its way.
 */
export function withFaults(store: Store, plan: FaultPlan): Store {
  const { send, settled } = createFaultyLine(plan);
  const find: Store["find"] = (ids, tenant) =>
    send({
      method: "find",
      make: () => store.find(ids, tenant),
      makeSplit: () => oneByOne(ids, (id) => store.find([id], tenant)),
      echoes: always,
    });
  return {
    capabilities: store.capabilities,
    find,
    insert: (key, cap, event) =>
      send({ method: "insert", make: () => store.insert(key, cap, event), echoes: hasWritten }),
    replace: (next, expectedVersion, event) =>
      send({ method: "replace", make: () => store.replace(next, expectedVersion, event), echoes: hasWritten }),
    list: (query) => send({ method: "list", make: () => store.list(query), echoes: always }),
    ...metersThrough(send, store, find),
    recordUsage: (batch) =>
      send({
        method: "recordUsage",
        make: () => store.recordUsage(batch),
        makeSplit: () => eachAlone(batch, (record) => store.recordUsage([record])),
        echoes: never,
      }),
    usage: (query) =>
      send({
        method: "usage",
        make: () => store.usage(query),
        makeSplit: () => oneByOne(query.keyIds, (keyId) => store.usage({ ...query, keyIds: [keyId] })),
        echoes: always,
      }),
    append: (events) =>
      send({
        method: "append",
        make: () => store.append(events),
        makeSplit: () => eachAlone(events, (event) => store.append([event])),
        echoes: always,
      }),
    events: (query) => send({ method: "events", make: () => store.events(query), echoes: always }),
    feed: (after, limit) => send({ method: "feed", make: () => store.feed(after, limit), echoes: always }),
    eraseEvents: (refs, erasedAt) =>
      send({
        method: "eraseEvents",
        make: () => store.eraseEvents(refs, erasedAt),
        makeSplit: () => eachAlone(refs, (ref) => store.eraseEvents([ref], erasedAt)),
        echoes: always,
      }),
    // A second one would go on to further events, which nobody counts. And what comes a second time must not come after it: a
    // purge forgets the ids by which a store would know it.
    async purgeEvents(query) {
      await settled();
      return send({ method: "purgeEvents", make: () => store.purgeEvents(query), echoes: never });
    },
    chains: (query) => send({ method: "chains", make: () => store.chains(query), echoes: always }),
    settings: settingsThrough(send, store.settings),
    owners: ownersThrough(send, store.owners),
    ...(store.watch !== undefined && { watch: store.watch.bind(store) }),
    async close() {
      await settled();
      await store.close();
    },
  };
}

type Send = FaultyLine["send"];

function metersThrough(send: Send, store: MeterStore, find: Store["find"]): MeterStore {
  const charging =
    <Request, Result>(
      method: string,
      charge: (requests: readonly Request[], nowMs: number) => Promise<readonly Result[]>,
    ) =>
    (requests: readonly Request[], nowMs: number): Promise<readonly Result[]> =>
      send({
        method,
        make: () => charge(requests, nowMs),
        makeSplit: () => oneByOne(requests, (request) => charge([request], nowMs)),
        echoes: never,
      });
  const { ifUnchanged } = store.consume;
  const consume = charging("consume", store.consume.bind(store));
  return {
    consume:
      ifUnchanged === undefined
        ? consume
        : withIfUnchanged(consume, find, charging("consume.ifUnchanged", ifUnchanged)),
    refund: (requests) =>
      send({
        method: "refund",
        make: () => store.refund(requests),
        makeSplit: () => eachAlone(requests, (request) => store.refund([request])),
        echoes: never,
      }),
  };
}

function settingsThrough(send: Send, settings: SettingsStore): SettingsStore {
  return {
    get: (tenants) =>
      send({
        method: "settings.get",
        make: () => settings.get(tenants),
        makeSplit: () => oneByOne(tenants, (tenant) => settings.get([tenant])),
        echoes: always,
      }),
    replace: (next, expectedVersion, event) =>
      send({
        method: "settings.replace",
        make: () => settings.replace(next, expectedVersion, event),
        echoes: hasWritten,
      }),
  };
}

function ownersThrough(send: Send, owners: OwnerStore): OwnerStore {
  return {
    read: (refs) =>
      send({
        method: "owners.read",
        make: () => owners.read(refs),
        makeSplit: () => oneByOne(refs, (ref) => owners.read([ref])),
        echoes: always,
      }),
    suspend: (event) => send({ method: "owners.suspend", make: () => owners.suspend(event), echoes: hasWritten }),
    resume: (event) => send({ method: "owners.resume", make: () => owners.resume(event), echoes: hasWritten }),
  };
}

const always = () => true;
const never = () => false;

const WRITTEN: readonly string[] = ["inserted", "replaced", "changed"];

function hasWritten({ outcome }: { readonly outcome: string }): boolean {
  return WRITTEN.includes(outcome);
}

async function oneByOne<Item, Result>(
  items: readonly Item[],
  call: (item: Item) => Promise<readonly Result[]>,
): Promise<readonly Result[]> {
  const results: Result[] = [];
  for (const item of items) results.push(...(await call(item)));
  return results;
}

async function eachAlone<Item>(items: readonly Item[], call: (item: Item) => Promise<void>): Promise<void> {
  for (const item of items) await call(item);
}
