import type { AuditEvent, ChangeEvent, EventQuery, KeyRecord, OwnerEvent, SettingsEvent, Store } from "@claviger/core";
import {
  AMPLE,
  changed,
  changeOf,
  findOne,
  freshId,
  freshTenant,
  NOW_MS,
  sampleKey,
  tombstoneOf,
} from "@claviger/store-conformance/samples";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { dynamodbStore } from "../src/dynamodb-store.js";
import { eventOf } from "../src/events/log-item.js";
import { placesAddress } from "../src/table/addresses.js";
import { killEverywhere as killEach } from "./kill-everywhere.js";
import { allItems, loggedIds } from "./raw.js";
import { openTable, type TestTable } from "./test-table.js";

const MINUTE_LATER_MS = NOW_MS + 61_000;
const ONE_KEY = { maxLive: 1, nowMs: NOW_MS };

type ActToKill<Given> = readonly [
  prepare: () => Promise<Given>,
  act: (store: Store, given: Given) => Promise<unknown>,
  check: (given: Given) => Promise<void>,
];

describe("a process that dies in the middle of a write", () => {
  let opened: TestTable;
  let store: Store;
  beforeAll(async () => {
    opened = await openTable("killed");
    store = dynamodbStore({ client: opened.client, table: opened.table });
  });
  afterAll(() => opened.remove());

  /** Does an act once for each place where it can be killed; what was committed is in the feed afterwards. */
  async function killEverywhere<Given>(...given: ActToKill<Given>): Promise<void> {
    await killEach(opened, ...given);
    await expectAllInFeed();
  }

  let met: AuditEvent[] = [];
  let position: string | undefined;

  /** Every event that is anywhere was met by who reads the feed on, and those of a key in the order of their versions. */
  async function expectAllInFeed(): Promise<void> {
    for (let isEnd = false; !isEnd; ) {
      const page = await store.feed(position, 100);
      position = page.position ?? position;
      met = [...met, ...page.items];
      isEnd = page.items.length === 0;
    }
    const items = await allItems(opened.client, opened.table);
    const there = items.flatMap((item) => eventOf(item)?.id ?? []);
    const firsts = met.filter(({ id }, index) => index === met.findIndex((event) => event.id === id));
    expect(firsts.map(({ id }) => id).sort()).toEqual([...there].sort());
    const reached = new Map<string | undefined, number>();
    for (const { keyId, version, chain } of firsts) {
      if (chain === undefined || version === undefined) continue;
      expect(version).toBeGreaterThan(reached.get(keyId) ?? 0);
      reached.set(keyId, version);
    }
    expect(items.filter((item) => item.ridesAs !== undefined)).toEqual([]);
  }

  const eventsOf = async (query: Pick<EventQuery, "tenant" | "keyId">): Promise<readonly AuditEvent[]> =>
    (await store.events({ ...query, order: "oldest", limit: 100 })).items;

  const copiesOf = async (ids: readonly string[]): Promise<readonly string[]> =>
    loggedIds(await allItems(opened.client, opened.table)).filter((id) => ids.includes(id));

  /** Each version that the key has had came with one event, and no event came without a version. */
  async function expectEventForEachVersion({ id, tenant }: KeyRecord): Promise<number> {
    const found = await findOne(store, id);
    const versions = (await eventsOf({ tenant, keyId: id })).map(({ version }) => version);
    expect(versions).toEqual(Array.from({ length: found?.version ?? 0 }, (_, index) => index + 1));
    return found?.version ?? 0;
  }

  /** A change of each kind, from version 1. */
  const changes: readonly [
    string,
    (key: KeyRecord) => { readonly next: Parameters<Store["replace"]>[0]; readonly type: ChangeEvent["type"] },
  ][] = [
    ["update", (key) => ({ next: changed(key, { name: "next" }), type: "key.updated" })],
    ["revoke", (key) => ({ next: changed(key, { state: "revoked" }), type: "key.revoked" })],
    ["delete", (key) => ({ next: tombstoneOf(key), type: "key.deleted" })],
  ];

  async function insertKey(given: Partial<KeyRecord> = {}): Promise<KeyRecord> {
    const key = sampleKey(given);
    expect(await store.insert(key, AMPLE, changeOf(key, "key.created"))).toEqual({ outcome: "inserted" });
    return key;
  }

  it("insert: a key is there with its event or not at all, its place is not lost, and the cap holds", async () => {
    await killEverywhere(
      async () => {
        const key = sampleKey();
        return { key, event: changeOf(key, "key.created") };
      },
      (dying, { key, event }) => dying.insert(key, ONE_KEY, event),
      async ({ key, event }) => {
        const isThere = (await expectEventForEachVersion(key)) === 1;
        const successor = sampleKey({ tenant: key.tenant });
        const soon = await store.insert(successor, ONE_KEY, changeOf(successor, "key.created"));
        if (isThere) expect(soon).toEqual({ outcome: "limit_reached" });
        const later = { maxLive: 1, nowMs: MINUTE_LATER_MS };
        const { outcome } = await store.insert(successor, later, changeOf(successor, "key.created"));
        expect(outcome).toBe(isThere ? "limit_reached" : soon.outcome === "inserted" ? "duplicate" : "inserted");
        // The dead process was only slow.
        const late = await store.insert(key, later, event);
        expect(late.outcome === "inserted").toBe(isThere);
        expect([await findOne(store, key.id), await findOne(store, successor.id)].filter((each) => each)).toHaveLength(
          1,
        );
        await expectEventForEachVersion(key);
        await expectEventForEachVersion(successor);
        expect(new Set(await copiesOf([event.id])).size).toBe((await copiesOf([event.id])).length);
      },
    );
  });

  it("insert that weeds: what was marked or fenced is weeded by the next one, and the cap holds", async () => {
    await killEverywhere(
      async () => {
        const { tenant } = sampleKey();
        const dead = await insertKey({ tenant, expiresAt: NOW_MS });
        const key = sampleKey({ tenant });
        return { dead, key, event: changeOf(key, "key.created") };
      },
      (dying, { key, event }) => dying.insert(key, ONE_KEY, event),
      async ({ dead, key, event }) => {
        const isThere = (await findOne(store, key.id)) !== undefined;
        const later = { maxLive: 1, nowMs: MINUTE_LATER_MS };
        const successor = sampleKey({ tenant: key.tenant });
        const { outcome } = await store.insert(successor, later, changeOf(successor, "key.created"));
        expect(outcome).toBe(isThere ? "limit_reached" : "inserted");
        expect((await store.insert(key, later, event)).outcome === "inserted").toBe(isThere);
        const extended = changed(dead, { expiresAt: null });
        expect(await store.replace(extended, 1, changeOf(extended, "key.updated"))).toMatchObject({
          outcome: "conflict",
        });
      },
    );
  });

  it.each(changes)(
    "%s: no change without its event, no event twice, and the next change goes on",
    async (_, change) => {
      await killEverywhere(
        async () => {
          const key = await insertKey();
          const { next, type } = change(key);
          return { key, next, event: changeOf(next, type) };
        },
        (dying, { next, event }) => dying.replace(next, 1, event),
        async ({ key, next, event }) => {
          await expectEventForEachVersion(key);
          // Whoever does not know how it ended does it again.
          expect(await store.replace(next, 1, event)).toEqual({ outcome: "replaced" });
          expect(await expectEventForEachVersion(key)).toBe(2);
          expect(await copiesOf([event.id])).toEqual([event.id]);
        },
      );
    },
  );

  it("update, and nobody repeats it: the next change finds the event riding and takes it along", async () => {
    await killEverywhere(
      async () => {
        const key = await insertKey();
        const next = changed(key);
        return { key, next, event: changeOf(next, "key.updated") };
      },
      (dying, { next, event }) => dying.replace(next, 1, event),
      async ({ key, event }) => {
        const version = await expectEventForEachVersion(key);
        const third = { ...changed(key), version: version + 1 };
        expect(await store.replace(third, version, changeOf(third, "key.updated"))).toEqual({ outcome: "replaced" });
        expect(await expectEventForEachVersion(key)).toBe(version + 1);
        expect(await copiesOf([event.id])).toEqual(version === 2 ? [event.id] : []);
      },
    );
  });

  it("whatever it died in, a reader of the feed meets what was committed: a change, a deletion and a note, though nobody else comes by", async () => {
    for (const toNext of [(key: KeyRecord) => changed(key), tombstoneOf]) {
      await killEverywhere(
        insertKey,
        (dying, key) => {
          const next = toNext(key);
          return dying.replace(next, 1, changeOf(next, next.state === "destroyed" ? "key.deleted" : "key.updated"));
        },
        async () => {},
      );
    }
    await killEverywhere(
      async () => ({ ...changeOf(sampleKey(), "key.updated"), type: "corrupt_key" as const }),
      (dying, event) => dying.append([event]),
      async () => {},
    );
  });

  it("delete of a used key, and the repetition erases what was left: meters, counts, sightings and its place", async () => {
    await killEverywhere(
      async () => {
        const key = await insertKey();
        await spendOne(store, key);
        await store.recordUsage([usageOf(key)]);
        const next = tombstoneOf(key);
        return { key, next, event: changeOf(next, "key.deleted") };
      },
      (dying, { next, event }) => dying.replace(next, 1, event),
      async ({ key, next, event }) => {
        expect(await store.replace(next, 1, event)).toEqual({ outcome: "replaced" });
        const items = await allItems(opened.client, opened.table);
        const left = items.filter(({ pk }) => pk?.S?.endsWith(key.id) && !pk.S.startsWith("log#"));
        expect(left.map(({ pk, fence }) => [pk?.S?.split("#")[0], fence?.BOOL]).sort()).toEqual([
          ["key", undefined],
          ["meters", true],
        ]);
        const ofOwner = placesAddress(key.tenant, key.owner).pk;
        expect(items.filter(({ pk }) => pk?.S === ofOwner)).toEqual([]);
        expect(await expectEventForEachVersion(key)).toBe(2);
        const afterIt = await allItems(opened.client, opened.table);
        expect(afterIt.filter(({ formerOwner }) => formerOwner !== undefined)).toEqual([]);
      },
    );
  });

  it("settings: no version without its event, and the repetition is a success", async () => {
    await killEverywhere(
      async () => {
        const tenant = freshTenant();
        const next = { tenant, version: 1, updatedAt: NOW_MS, settings: { enabled: false } };
        const event: SettingsEvent = {
          id: freshId(),
          type: "settings.updated",
          tenant,
          actor: "a",
          at: NOW_MS,
          version: 1,
          data: {},
        };
        return { next, event };
      },
      (dying, { next, event }) => dying.settings.replace(next, 0, event),
      async ({ next, event }) => {
        const [found] = await store.settings.get([next.tenant]);
        expect(await store.settings.replace(next, 0, event)).toEqual({ outcome: "replaced" });
        const second = { ...next, version: 2 };
        const secondEvent = { ...event, id: freshId(), version: 2 };
        expect(await store.settings.replace(second, 1, secondEvent)).toEqual({ outcome: "replaced" });
        expect(found === undefined || found.version === 1).toBe(true);
        const events = await eventsOf({ tenant: next.tenant });
        expect(events.map(({ version }) => version).sort()).toEqual([1, 2]);
        expect(await copiesOf([event.id])).toEqual([event.id]);
      },
    );
  });

  it("suspend: no suspension without its event, and the repetition is a success", async () => {
    await killEverywhere(
      async (): Promise<OwnerEvent<"owner.suspended">> => {
        const tenant = freshTenant();
        return { id: freshId(), type: "owner.suspended", tenant, owner: "o", actor: "a", at: NOW_MS, data: {} };
      },
      (dying, event) => dying.owners.suspend(event),
      async (event) => {
        const [standing] = await store.owners.read([event]);
        const events = await eventsOf(event);
        expect(events.length).toBe(standing?.suspendedAt === null ? 0 : 1);
        expect(await store.owners.suspend(event)).toEqual({ outcome: "changed" });
        const resumed: OwnerEvent<"owner.resumed"> = { ...event, id: freshId(), type: "owner.resumed" };
        expect(await store.owners.resume(resumed)).toEqual({ outcome: "changed" });
        expect((await eventsOf(event)).map(({ id }) => id).sort()).toEqual([event.id, resumed.id]);
        expect(await copiesOf([event.id])).toEqual([event.id]);
      },
    );
  });

  it("consume: spends once or not at all", async () => {
    await killEverywhere(
      insertKey,
      (dying, key) => spendOne(dying, key),
      async (key) => {
        let admitted = 0;
        for (let call = 0; call < 4; call += 1) admitted += await spendOne(store, key);
        expect(admitted === 2 || admitted === 3).toBe(true);
      },
    );
  });

  it("recordUsage: the repetition counts again at most, and nothing else of the key is touched", async () => {
    await killEverywhere(
      insertKey,
      (dying, key) => dying.recordUsage([usageOf(key)]),
      async (key) => {
        await store.recordUsage([usageOf(key)]);
        expect(await findOne(store, key.id)).toEqual({ ...key, lastUsedAt: NOW_MS });
        const [usage] = await store.usage({ tenant: key.tenant, keyIds: [key.id], fromAt: 0, beforeAt: NOW_MS + 1 });
        expect(usage).toMatchObject({ lastUsedAt: NOW_MS, sightings: usageOf(key).sightings });
        expect([1, 2]).toContain(usage?.counts[0]?.count);
      },
    );
  });

  it("append: the repetition leaves one event", async () => {
    await killEverywhere(
      async () => ({ ...changeOf(sampleKey(), "key.updated"), type: "corrupt_key" as const }),
      (dying, event) => dying.append([event]),
      async (event) => {
        await store.append([event]);
        expect(await copiesOf([event.id])).toEqual([event.id]);
      },
    );
  });
});

const LIMIT = 3;

async function spendOne(store: Store, { id: keyId, tenant }: KeyRecord): Promise<number> {
  const charges = [{ form: "window", meter: "m", windowAt: 0, add: 1, ceiling: LIMIT }] as const;
  const [result] = await store.consume([{ tenant, keyId, charges, units: 1 }], NOW_MS);
  return result?.admitted ?? 0;
}

function usageOf({ tenant, id: keyId }: KeyRecord): Parameters<Store["recordUsage"]>[0][number] {
  return {
    tenant,
    keyId,
    lastUsedAt: NOW_MS,
    counts: [{ hourAt: NOW_MS, outcome: "accepted", count: 1 }],
    sightings: [{ kind: "client", name: "c", firstAt: NOW_MS, lastAt: NOW_MS }],
  };
}
