import { type AuditEvent, type EventRef, erasedEvent, type KeyRecord, type Store } from "@claviger/core";
import {
  atOnce,
  changed,
  changeOf,
  freshId,
  freshTenant,
  insertSample,
  NOW_MS,
  replaceSample,
  sampleKey,
  tombstoneOf,
} from "@claviger/store-conformance/samples";
import { openDynamoClient } from "@claviger/testing";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { dynamodbStore } from "../src/dynamodb-store.js";
import { connectionLost, intercept } from "./intercept.js";
import { killEverywhere } from "./kill-everywhere.js";
import { allItems } from "./raw.js";
import { openTable, type TestTable } from "./test-table.js";

const LATER_MS = NOW_MS + 60_000;

describe("who keeps the log: erasing and purging", () => {
  let opened: TestTable;
  let store: Store;
  const clients: ReturnType<typeof openDynamoClient>[] = [];
  beforeAll(async () => {
    opened = await openTable("keeping");
    store = dynamodbStore({ client: opened.client, table: opened.table });
  });
  afterEach(() => {
    for (const client of clients.splice(0)) client.destroy();
  });
  afterAll(() => opened.remove());

  /** A store of whose events none comes into the log, or out of what it rides in once it is there. */
  function riding(until: "log" | "clear"): Store {
    const client = intercept(
      openDynamoClient(opened.endpoint, { maxAttempts: 1 }),
      async ({ command, input }, proceed) => {
        const text = JSON.stringify(input);
        const isLog = command === "PutItemCommand" && text.includes('"log#');
        const isClear = command === "UpdateItemCommand" && text.includes("REMOVE #event");
        if (until === "log" ? isLog : isClear) throw connectionLost();
        return proceed();
      },
    );
    clients.push(client);
    return dynamodbStore({ client, table: opened.table });
  }

  const eventsOf = async ({ tenant, id }: KeyRecord) =>
    (await store.events({ tenant, keyId: id, order: "oldest", limit: 100 })).items;

  const chainOf = async ({ tenant, id }: KeyRecord) => (await store.chains({ tenant, keyId: id, limit: 1 })).items[0];

  const refOf = ({ id, tenant, keyId, at }: AuditEvent): EventRef => ({
    id,
    tenant,
    at,
    ...(keyId !== undefined && { keyId }),
  });

  /** A key of a few versions, whose times are given. */
  async function keyWithTimes(times: readonly number[]): Promise<KeyRecord> {
    const [createdAt = NOW_MS, ...rest] = times;
    let key = await insertSample(store, { updatedAt: createdAt });
    for (const updatedAt of rest) {
      key = changed(key, { updatedAt });
      await replaceSample(store, key);
    }
    return key;
  }

  const everythingOf = async (text: string) =>
    (await allItems(opened.client, opened.table))
      .map((item) => JSON.stringify(item))
      .filter((item) => item.includes(text));

  describe("eraseEvents", () => {
    it.each(["log", "clear"] as const)(
      "leaves the body of a change nowhere, although it rides since its writer died before the %s",
      async (until) => {
        const key = await insertSample(store);
        const next = changed(key);
        const secret = `who ${freshId()}`;
        const event = { ...changeOf(next, "key.updated"), actor: secret };
        await riding(until).replace(next, 1, event);
        expect(await everythingOf(secret)).not.toEqual([]);
        await store.eraseEvents([refOf(event)], LATER_MS);
        expect(await everythingOf(secret)).toEqual([]);
        expect((await eventsOf(key)).at(-1)).toEqual(erasedEvent(event, LATER_MS));
      },
    );

    it.each(["log", "clear"] as const)(
      "leaves the body of a suspension and of settings nowhere, although they ride since their writer died before the %s",
      async (until) => {
        const tenant = freshTenant();
        const secret = `who ${freshId()}`;
        const about = { tenant, actor: secret, at: NOW_MS, data: {} };
        const suspended = { ...about, id: freshId(), type: "owner.suspended", owner: "o" } as const;
        const set = { ...about, id: freshId(), type: "settings.updated", version: 1 } as const;
        await riding(until).owners.suspend(suspended);
        await riding(until).settings.replace({ tenant, version: 1, updatedAt: NOW_MS, settings: {} }, 0, set);
        await store.eraseEvents([suspended, set].map(refOf), LATER_MS);
        expect(await everythingOf(secret)).toEqual([]);
        const { items } = await store.events({ tenant, order: "oldest", limit: 10 });
        expect(items).toEqual([suspended, set].map((event) => erasedEvent(event, LATER_MS)));
      },
    );

    it("killed anywhere, the repetition finishes it, and the time of the first stays", async () => {
      const erasedLater = `who ${freshId()}`;
      await killEverywhere(
        opened,
        async () => {
          const key = await insertSample(store);
          const next = changed(key);
          const event = { ...changeOf(next, "key.updated"), actor: erasedLater };
          await riding("clear").replace(next, 1, event);
          return { key, event };
        },
        (dying, { event }) => dying.eraseEvents([refOf(event)], LATER_MS),
        async ({ key, event }) => {
          const before = (await eventsOf(key)).at(-1);
          await store.eraseEvents([refOf(event)], LATER_MS + 1);
          const erasedAt = before?.erasedAt ?? LATER_MS + 1;
          expect((await eventsOf(key)).at(-1)).toEqual(erasedEvent(event, erasedAt));
        },
      );
      expect(await everythingOf(erasedLater)).toEqual([]);
    });
  });

  describe("purgeEvents", () => {
    const purge = ({ tenant }: { tenant: string }, beforeAt = LATER_MS, limit = 100) =>
      store.purgeEvents({ tenant, beforeAt, limit });

    it("takes of a chain its beginning only, where times run against versions, and passes by what has to stay", async () => {
      const key = await keyWithTimes([1, 2, 100, 3, 4]);
      const { tenant } = key;
      const other = await insertSample(store, { tenant, updatedAt: 5 });
      expect(await purge(key, 50)).toEqual({ purged: 3, more: false });
      const left = await eventsOf(key);
      expect(left.map(({ version }) => version).sort()).toEqual([3, 4, 5]);
      expect((await chainOf(key))?.anchor?.version).toBe(2);
      expect(await eventsOf(other)).toEqual([]);
      expect(await purge(key, 50)).toEqual({ purged: 0, more: false });
    });

    it("goes on in portions as small as they may be, and says when there is nothing more", async () => {
      const key = await keyWithTimes([1, 2, 3]);
      const results = [];
      for (let call = 1; call <= 4; call += 1) results.push(await purge(key, LATER_MS, 1));
      expect(results.map(({ purged }) => purged)).toEqual([1, 1, 1, 0]);
      expect(results.at(-1)?.more).toBe(false);
      const head = key.head;
      expect(await chainOf(key)).toEqual({ keyId: key.id, version: 3, head, anchor: { version: 3, hash: head } });
    });

    it("the anchor outlives the next change and the deletion", async () => {
      const key = await keyWithTimes([1, 2]);
      await purge(key);
      const next = changed(key);
      await replaceSample(store, next);
      const tombstone = tombstoneOf(next);
      await replaceSample(store, tombstone);
      const anchor = { version: 2, hash: key.head };
      expect(await chainOf(key)).toEqual({ keyId: key.id, version: 4, head: tombstone.head, anchor });
      expect((await eventsOf(key)).map(({ version }) => version)).toEqual([3, 4]);
    });

    it("several at once take each event once between them, and leave one anchor", async () => {
      const key = await keyWithTimes([1, 2, 3, 4, 5, 6]);
      const times = [3, LATER_MS, 5, LATER_MS];
      const results = await atOnce(times.length, (index) => purge(key, times[index]));
      expect(results.reduce((sum, { purged }) => sum + purged, 0)).toBe(6);
      expect((await chainOf(key))?.anchor).toEqual({ version: 6, hash: key.head });
    });

    it.each(["log", "clear"] as const)(
      "what rides since its writer died before the %s enters the feed before it goes, and does not come back",
      async (until) => {
        const key = await insertSample(store);
        const next = changed(key);
        const event = changeOf(next, "key.updated");
        await riding(until).replace(next, 1, event);
        const about = { tenant: key.tenant, actor: "a", at: NOW_MS, data: {}, id: freshId(), owner: "o" };
        await riding(until).owners.suspend({ ...about, type: "owner.suspended" });
        for (let more = true; more; ) ({ more } = await purge(key));
        expect(await eventsOf(key)).toEqual([]);
        const third = changed(next);
        await replaceSample(store, third);
        expect((await eventsOf(key)).map(({ version }) => version)).toEqual([3]);
        const left = await everythingOf(`${key.tenant.length}:${key.tenant}#`);
        expect(left).toEqual([]);
        const inFeed = (await allItems(opened.client, opened.table)).filter(({ pk }) => pk?.S === "feed");
        expect(JSON.stringify(inFeed)).toContain(event.id);
      },
    );

    it("killed anywhere, no event is missed that no anchor stands for, and the next purge finishes it", async () => {
      await killEverywhere(
        opened,
        async () => {
          const key = await keyWithTimes([1, 2]);
          const { version: _, chain: __, ...about } = changeOf(key, "key.updated");
          await store.append([{ ...about, id: freshId(), type: "corrupt_key" }]);
          return key;
        },
        (dying, { tenant }) => dying.purgeEvents({ tenant, beforeAt: LATER_MS, limit: 100 }),
        async (key) => {
          const anchored = (await chainOf(key))?.anchor?.version ?? 0;
          const left = (await eventsOf(key)).flatMap(({ version, chain }) =>
            chain === undefined ? [] : (version ?? 0),
          );
          for (const version of [1, 2]) expect(version <= anchored || left.includes(version)).toBe(true);
          // Taken away from the oldest on: what is left is the chain's end, whenever that was cut short.
          expect([[], [2], [1, 2]]).toContainEqual(left.sort());
          expect((await purge(key)).more).toBe(false);
          expect(await eventsOf(key)).toEqual([]);
          expect(await chainOf(key)).toMatchObject({ anchor: { version: 2, hash: key.head } });
        },
      );
    });

    it("what cannot be a tenant's name has nothing to purge, no chains and nothing to erase", async () => {
      const key = sampleKey();
      for (const tenant of ["", "x".repeat(129), "\ud800"]) {
        expect(await purge({ tenant })).toEqual({ purged: 0, more: false });
        expect(await store.chains({ tenant, limit: 1 })).toEqual({ items: [] });
        expect(await store.chains({ tenant: key.tenant, keyId: tenant, limit: 1 })).toEqual({ items: [] });
        const refs = [{ tenant }, { keyId: tenant }, { id: tenant }].map((given) => ({
          ...refOf(changeOf(key, "key.created")),
          ...given,
        }));
        await store.eraseEvents(refs, LATER_MS);
      }
      await expect(store.chains({ tenant: key.tenant, after: "elsewhere", limit: 1 })).rejects.toThrow("no page");
    });
  });
});
