import assert from "node:assert/strict";
import type { AuditEvent, EventQuery, Store } from "@claviger/core";
import fc from "fast-check";
import { observation, suspension } from "../event-samples.js";
import { listed } from "../eventually.js";
import { AMPLE, changed, changeOf, freshId, freshTenant, NOW_MS, sampleKey } from "../samples.js";
import type { Suite } from "../suite.js";
import { walkEvents } from "../walk-events.js";

const ACTORS = ["system", "anna", "Anna"];

interface Populated {
  readonly tenant: string;
  readonly keyIds: readonly string[];
  readonly events: readonly AuditEvent[];
}

/** Changes and observations of three keys, and events about owners, several to a millisecond, by three actors in turn. */
async function populate(store: Store): Promise<Populated> {
  const tenant = freshTenant();
  const events: AuditEvent[] = [];
  const keyIds: string[] = [];
  const actor = () => ACTORS[events.length % ACTORS.length] ?? "";
  for (let index = 0; index < 3; index += 1) {
    const key = sampleKey({ tenant, createdAt: NOW_MS + index, updatedAt: NOW_MS + index });
    const created = { ...changeOf(key, "key.created"), actor: actor() };
    await store.insert(key, AMPLE, created);
    events.push(created);
    const next = changed(key);
    const updated = { ...changeOf(next, "key.updated"), actor: actor() };
    await store.replace(next, key.version, updated);
    events.push(updated);
    for (const type of ["corrupt_key", "pepper_missing"] as const) {
      const seen = observation({ type, tenant, keyId: key.id, actor: actor(), at: NOW_MS + index });
      await store.append([seen]);
      events.push(seen);
    }
    const suspended = { ...suspension({ tenant, owner: `owner ${index}` }, NOW_MS + 1), actor: actor() };
    await store.owners.suspend(suspended);
    events.push(suspended);
    keyIds.push(key.id);
  }
  const foreign = observation({ keyId: keyIds[0] ?? "", actor: "anna" });
  await store.append([foreign]);
  return { tenant, keyIds, events };
}

function expected(events: readonly AuditEvent[], query: EventQuery): AuditEvent[] {
  const sorted = events
    .filter(
      (event) =>
        (query.keyId === undefined || event.keyId === query.keyId) &&
        (query.actor === undefined || event.actor === query.actor) &&
        (query.types === undefined || query.types.includes(event.type)) &&
        event.at >= (query.fromAt ?? 0) &&
        event.at < (query.beforeAt ?? Number.POSITIVE_INFINITY),
    )
    .sort((a, b) => a.at - b.at || (a.id < b.id ? -1 : 1));
  return query.order === "oldest" ? sorted : sorted.reverse();
}

const moment = fc.integer({ min: -1, max: 5 }).map((ms) => NOW_MS + ms);
const filters = fc.record(
  {
    key: fc.nat({ max: 3 }),
    actor: fc.constantFrom(...ACTORS, "nobody"),
    types: fc.subarray(["key.created", "key.updated", "corrupt_key", "pepper_missing", "owner.suspended", "no.such"]),
    fromAt: moment,
    beforeAt: moment,
    order: fc.constantFrom("newest", "oldest"),
    limit: fc.integer({ min: 1, max: 20 }),
  },
  { requiredKeys: ["order", "limit"] },
);

/** Waits until the whole of it is there to be read. */
async function populated(store: Store): Promise<Populated> {
  const data = await populate(store);
  const all: EventQuery = { tenant: data.tenant, order: "oldest", limit: 100 };
  await listed(store, async () => assert.deepEqual(await walkEvents(store, all), expected(data.events, all)));
  return data;
}

export function eventsFilters({ it, createStore }: Suite): void {
  it("filters of events, however combined, leave exactly the events that match: changes, observations and owners' alike", async () => {
    const store = await createStore();
    const { tenant, keyIds, events } = await populated(store);
    await fc.assert(
      fc.asyncProperty(filters, async ({ key, ...given }) => {
        const query = { tenant, ...given, ...(key === undefined ? {} : { keyId: keyIds[key] ?? freshId() }) };
        assert.deepEqual(await walkEvents(store, query), expected(events, query));
      }),
    );
  });

  it("every filter of events alone, and every two of them, oldest and newest first", async () => {
    const store = await createStore();
    const { tenant, keyIds, events } = await populated(store);
    const values: readonly Partial<EventQuery>[] = [
      { keyId: keyIds[1] ?? "" },
      { actor: "anna" },
      { actor: "Anna" },
      { types: [] },
      { types: ["corrupt_key"] },
      { types: ["owner.suspended", "key.created"] },
      { fromAt: NOW_MS + 1 },
      { beforeAt: NOW_MS + 2 },
    ];
    const pairs = values.flatMap((one, index) => [
      one,
      ...values.slice(index + 1).map((other) => ({ ...one, ...other })),
    ]);
    for (const given of [{}, ...pairs]) {
      for (const order of ["oldest", "newest"] as const) {
        const query: EventQuery = { tenant, order, limit: 100, ...given };
        assert.deepEqual(await walkEvents(store, query), expected(events, query), JSON.stringify(given));
      }
    }
  });

  it("a range of events includes its beginning and not its end, to the millisecond", async () => {
    const store = await createStore();
    const { tenant, keyIds, events } = await populated(store);
    const [keyId = ""] = keyIds;
    for (const scope of [{}, { keyId }]) {
      for (const [from, before] of [
        [0, 1],
        [1, 3],
        [1, 1],
        [2, 1],
        [3, 9],
      ] as const) {
        const range = { fromAt: NOW_MS + from, beforeAt: NOW_MS + before };
        const query: EventQuery = { tenant, order: "oldest", limit: 100, ...scope, ...range };
        assert.deepEqual(await walkEvents(store, query), expected(events, query));
      }
    }
  });
}
