import { type EventQuery, type EventRef, MAX_TIME_MS } from "@claviger/core";
import fc from "fast-check";
import { purgeToEnd } from "../purge-to-end.js";
import { NOW_MS } from "../samples.js";
import { chainOfKey } from "../walk-chains.js";
import { walkEvents } from "../walk-events.js";
import { idAt, tenantOf, which } from "./key-calls.js";
import { came, type Draft, drafts } from "./port-call.js";

const small = fc.integer({ min: 0, max: 9 });
const page = { order: fc.constantFrom("newest" as const, "oldest" as const), limit: fc.integer({ min: 1, max: 4 }) };

const eventsOfKey = drafts("events of a key", fc.record({ which, ...page }), ({ which: index, ...rest }, cast) => {
  const query: EventQuery = { tenant: tenantOf(cast, index), keyId: idAt(cast, index), ...rest };
  return async (store) => came(await walkEvents(store, query), (model) => [...model.events(query)]);
});

const eventsOfTenant = drafts(
  "events of a tenant",
  fc.record({
    tenant: which,
    ...page,
    from: small,
    types: fc.subarray(["key.created", "corrupt_key", "settings.updated", "owner.resumed"]),
  }),
  ({ tenant, order, limit, from, types }, cast) => {
    const range = { fromAt: NOW_MS + from, beforeAt: NOW_MS + from + 4, ...(types.length > 0 && { types }) };
    const query: EventQuery = { tenant: tenantOf(cast, tenant), order, limit, ...range };
    return async (store) => came(await walkEvents(store, query), (model) => [...model.events(query)]);
  },
);

const eraseEvent = drafts("eraseEvents", fc.record({ which, nth: small }), ({ which: index, nth }, cast) => {
  const keyId = idAt(cast, index);
  const tenant = tenantOf(cast, index);
  return async (store) => {
    const events = await walkEvents(store, { tenant, keyId, order: "oldest", limit: 100 });
    const refs: readonly EventRef[] = events.slice(nth, nth + 1).map(({ id, at }) => ({ id, at, tenant, keyId }));
    return came(await store.eraseEvents(refs, NOW_MS), (model) => model.eraseEvents(refs, NOW_MS));
  };
});

const chain = drafts("the chain of a key", fc.record({ which, tenant: which }), ({ which: index, tenant }, cast) => {
  const key = { tenant: tenantOf(cast, tenant), id: idAt(cast, index) };
  return async (store) => came(await chainOfKey(store, key), (model) => model.chain(key));
});

const purgeEvents = drafts(
  "purgeEvents",
  fc.record({ tenant: which, before: small, limit: fc.constantFrom(1, 3, 100) }),
  ({ tenant: index, before, limit }, cast) => {
    const tenant = tenantOf(cast, index);
    const beforeAt = before === 9 ? MAX_TIME_MS : NOW_MS + before;
    return async (store) => {
      await purgeToEnd(store, tenant, beforeAt, limit);
      return came(undefined, (model) => model.purgeEvents(tenant, beforeAt));
    };
  },
);

/** In more than one call of the store. */
export const eventDrafts: readonly fc.Arbitrary<Draft>[] = [eventsOfKey, eraseEvent, chain];

/** What an index may be late with. */
export const tenantEventDrafts: readonly fc.Arbitrary<Draft>[] = [eventsOfTenant, purgeEvents];
