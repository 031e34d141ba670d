import type { DynamoDBClientConfig } from "@aws-sdk/client-dynamodb";
import { type KeyRecord, PartialFault, type Store } from "@claviger/core";
import {
  AMPLE,
  atOnce,
  changed,
  changeOf,
  countOf,
  findOne,
  freshTenant,
  insertSample,
  NOW_MS,
  replaceSample,
  sampleKey,
  tombstoneOf,
} from "@claviger/store-conformance/samples";
import { openDynamoClient } from "@claviger/testing";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import type { Waiting } from "../src/client/backoff.js";
import { dynamodbStore } from "../src/dynamodb-store.js";
import { connectionLost, type Intercept, intercept, outputOf, throttled } from "./intercept.js";
import { allItems, loggedIds } from "./raw.js";
import { openTable, type TestTable } from "./test-table.js";

const NO_WAITING: Waiting = { pause: async () => {}, random: () => 0 };
/** Without the SDK's own pauses, which are real. */
const ONE_ATTEMPT: DynamoDBClientConfig = { maxAttempts: 1 };
const WRITES: readonly string[] = ["PutItemCommand", "UpdateItemCommand", "DeleteItemCommand"];

describe("trouble on the way to DynamoDB", () => {
  let opened: TestTable;
  const clients: ReturnType<typeof openDynamoClient>[] = [];
  beforeAll(async () => {
    opened = await openTable("trouble");
  });
  afterEach(() => {
    for (const client of clients.splice(0)) client.destroy();
  });
  afterAll(() => opened.remove());

  /** A store over the same table, through a network that does this. */
  function storeThrough(act: Intercept, waiting: Waiting = NO_WAITING, config: DynamoDBClientConfig = {}): Store {
    const client = intercept(openDynamoClient(opened.endpoint, config), act);
    clients.push(client);
    return dynamodbStore({ client, table: opened.table }, waiting);
  }

  const plain = () => dynamodbStore({ client: opened.client, table: opened.table });

  const spend = (store: Store, { tenant, id: keyId }: KeyRecord, ceiling = 1_000, units = 1) =>
    store.consume(
      [{ tenant, keyId, units, charges: [{ form: "window", meter: "m", windowAt: 0, add: 1, ceiling }] }],
      NOW_MS,
    );

  describe("lost replies", () => {
    /** Loses the reply to every write once, so that the SDK repeats each of them by itself. */
    const losingEach = (): Intercept => {
      const lost = new Set<unknown>();
      return async ({ command, input }, proceed) => {
        const reply = await proceed();
        if (!WRITES.includes(command) || lost.has(input)) return reply;
        lost.add(input);
        throw connectionLost();
      };
    };

    it("insert, replace and delete: each write is repeated by the SDK, is a success, and its event is there once", async () => {
      const store = storeThrough(losingEach());
      const key = sampleKey();
      const one = { maxLive: 1, nowMs: NOW_MS };
      const next = changed(key, { name: "next" });
      const events = [changeOf(key, "key.created"), changeOf(next, "key.updated")] as const;
      expect(await store.insert(key, one, events[0])).toEqual({ outcome: "inserted" });
      expect(await store.replace(next, 1, events[1])).toEqual({ outcome: "replaced" });
      const tombstone = tombstoneOf(next);
      const deleted = changeOf(tombstone, "key.deleted");
      expect(await store.replace(tombstone, 2, deleted)).toEqual({ outcome: "replaced" });
      const ids = loggedIds((await allItems(opened.client, opened.table)).filter(({ pk }) => pk?.S?.endsWith(key.id)));
      expect([...ids].sort()).toEqual([...events, deleted].map(({ id }) => id).sort());
    });

    it("settings and owners: a repeated write is a success", async () => {
      const store = storeThrough(losingEach());
      const tenant = freshTenant();
      const event = { ...changeOf(sampleKey({ tenant }), "key.created"), keyId: undefined };
      const { keyId: _, ...about } = event;
      const first = { tenant, version: 1, updatedAt: NOW_MS, settings: {} };
      expect(await store.settings.replace(first, 0, { ...about, id: "s1", type: "settings.updated" })).toEqual({
        outcome: "replaced",
      });
      const owner = { ...about, owner: "o" };
      expect(await store.owners.suspend({ ...owner, id: "o1", type: "owner.suspended" })).toEqual({
        outcome: "changed",
      });
      expect(await store.owners.resume({ ...owner, id: "o2", type: "owner.resumed" })).toEqual({ outcome: "changed" });
    });

    it("a replace whose reply was lost, while others went on from there, is a success and undoes nothing", async () => {
      const other = plain();
      const key = await insertSample(other);
      const next = changed(key, { name: "mine" });
      const event = changeOf(next, "key.updated");
      const theirs = changed(next, { state: "revoked" });
      let isLost = false;
      const store = storeThrough(async ({ command, input }, proceed) => {
        const reply = await proceed();
        if (command !== "UpdateItemCommand" || isLost || !JSON.stringify(input).includes('"mine"')) return reply;
        isLost = true;
        await replaceSample(other, theirs);
        throw connectionLost();
      });
      expect(await store.replace(next, 1, event)).toEqual({ outcome: "replaced" });
      expect(isLost).toBe(true);
      expect(await findOne(other, key.id)).toMatchObject({ state: "revoked", version: 3 });
    });

    it("a suspension whose reply was lost, and which was ended since, is not made again", async () => {
      const other = plain();
      const tenant = freshTenant();
      const about = { tenant, owner: "o", actor: "a", at: NOW_MS, data: {} };
      let isLost = false;
      const store = storeThrough(async ({ command, input }, proceed) => {
        const reply = await proceed();
        if (command !== "UpdateItemCommand" || isLost || !JSON.stringify(input).includes("suspendedAt")) return reply;
        isLost = true;
        expect(await other.owners.resume({ ...about, id: `${tenant} r`, type: "owner.resumed" })).toEqual({
          outcome: "changed",
        });
        throw connectionLost();
      });
      const suspended = { ...about, id: `${tenant} s`, type: "owner.suspended" } as const;
      expect(await store.owners.suspend(suspended)).toEqual({ outcome: "changed" });
      expect(isLost).toBe(true);
      expect(await other.owners.read([about])).toEqual([{ suspendedAt: null }]);
    });

    it("consume: a write that the SDK repeated is spent once, also where others spent in between", async () => {
      const other = plain();
      const key = await insertSample(other);
      let theirs = 0;
      const lost = new Set<unknown>();
      const store = storeThrough(async ({ command, input }, proceed) => {
        const reply = await proceed();
        if (command !== "PutItemCommand" || lost.has(input)) return reply;
        lost.add(input);
        const [result] = await spend(other, key);
        theirs += result?.admitted ?? 0;
        throw connectionLost();
      });
      for (let call = 1; call <= 5; call += 1) {
        const [result] = await spend(store, key);
        expect(result?.admitted).toBe(1);
      }
      expect(theirs).toBe(5);
      const [last] = await spend(other, key);
      expect(last?.meters).toEqual([{ form: "window", windowAt: 0, used: 11 }]);
    });
  });

  describe("throttling", () => {
    it("is waited out: what is refused for want of capacity is sent again, with pauses that grow", async () => {
      const pauses: number[] = [];
      let refusals = 0;
      const store = storeThrough(
        async (_, proceed) => {
          refusals += 1;
          if (refusals % 5 !== 0) throw throttled();
          return proceed();
        },
        { pause: async (ms) => void pauses.push(ms), random: () => 0.5 },
        ONE_ATTEMPT,
      );
      const key = await insertSample(store);
      expect(await findOne(store, key.id)).toMatchObject({ id: key.id });
      expect(pauses.length).toBeGreaterThan(2);
      expect(pauses[1]).toBeGreaterThan(pauses[0] ?? 0);
    });

    it("that does not end is a fault, after a time and not before", async () => {
      let waitedMs = 0;
      const pause = async (ms: number) => {
        waitedMs += ms;
      };
      const throttling: Intercept = async () => {
        throw throttled();
      };
      const store = storeThrough(throttling, { pause, random: () => 1 }, ONE_ATTEMPT);
      await expect(store.find(["a"])).rejects.toMatchObject({ code: "ProvisionedThroughputExceededException" });
      expect(waitedMs).toBeGreaterThan(3_000);
      expect(waitedMs).toBeLessThanOrEqual(5_000);
    });

    it("keys that a batch left unprocessed are asked for again, until all are there", async () => {
      const keys: KeyRecord[] = [];
      for (let index = 0; index < 12; index += 1) keys.push(await insertSample(plain()));
      let batches = 0;
      const store = storeThrough(async ({ command, input }, proceed) => {
        if (command !== "BatchGetItemCommand") return proceed();
        batches += 1;
        const reply = await proceed();
        return withUnprocessed(reply, input, opened.table);
      });
      const found = await store.find(keys.map(({ id }) => id));
      expect(found.map((key) => key?.id)).toEqual(keys.map(({ id }) => id));
      expect(batches).toBeGreaterThan(3);
    });

    it("keys that stay unprocessed are a fault: a key is never called absent for want of capacity", async () => {
      const [a, b] = [await insertSample(plain()), await insertSample(plain())];
      const store = storeThrough(async ({ command }, proceed) => {
        const reply = await proceed();
        if (command === "BatchGetItemCommand")
          Object.assign(outputOf(reply), {
            UnprocessedKeys: { [opened.table]: { Keys: [{ pk: { S: `key#${a.id}` }, sk: { S: "key" } }] } },
            Responses: {},
          });
        return reply;
      });
      await expect(store.find([a.id, b.id])).rejects.toThrow("unprocessed");
    });

    it("one key that stays unprocessed fails alone: the others are found", async () => {
      const [a, b, c] = [await insertSample(plain()), await insertSample(plain()), await insertSample(plain())];
      const store = storeThrough(async ({ command }, proceed) => {
        const reply = await proceed();
        if (command !== "BatchGetItemCommand") return reply;
        const left = { Keys: [{ pk: { S: `key#${b.id}` }, sk: { S: "key" } }] };
        return withoutItem(reply, opened.table, `key#${b.id}`, left);
      });
      const fault = await store.find([a.id, b.id, c.id]).catch((thrown: unknown) => thrown);
      expect(fault).toBeInstanceOf(PartialFault);
      expect(fault).toMatchObject({
        answers: [{ id: a.id }, undefined, { id: c.id }],
        cause: { message: "DynamoDB: 1 keys were left unprocessed" },
      });
    });

    it("of more keys than one batch holds, those of a batch that fails fail alone", async () => {
      const keys: KeyRecord[] = [];
      for (let index = 0; index < 2; index += 1) keys.push(await insertSample(plain()));
      const [first, last] = keys.map(({ id }) => id);
      const nobody = Array.from({ length: 110 }, (_, index) => `nobody ${index}`);
      let batches = 0;
      const store = storeThrough(
        async ({ command }, proceed) => {
          if (command !== "BatchGetItemCommand") return proceed();
          batches += 1;
          if (batches === 2) throw new Error("no");
          return proceed();
        },
        NO_WAITING,
        ONE_ATTEMPT,
      );
      const fault = await store.find([first ?? "", ...nobody, last ?? ""]).catch((thrown: unknown) => thrown);
      expect(fault).toBeInstanceOf(PartialFault);
      expect(fault).toMatchObject({ cause: { message: "DynamoDB: no" } });
      if (!(fault instanceof PartialFault)) return;
      expect(fault.answers.flatMap((answer) => answer?.id ?? [])).toEqual([first]);
    });
  });

  describe("a lagging index", () => {
    /** Answers queries of indexes with what was there before the test, so that nothing written since is seen. */
    const frozenIndexes =
      (): Intercept =>
      async ({ command, input }, proceed) => {
        const reply = await proceed();
        if (command === "QueryCommand" && JSON.stringify(input).includes('"IndexName"'))
          Object.assign(outputOf(reply), { Items: [] });
        return reply;
      };

    it("promise 1: a key that is in no index yet is found, changed, counted, logged and used all the same", async () => {
      const store = storeThrough(frozenIndexes());
      const key = sampleKey();
      const one = { maxLive: 1, nowMs: NOW_MS };
      expect(await store.insert(key, one, changeOf(key, "key.created"))).toEqual({ outcome: "inserted" });
      const surplus = sampleKey({ tenant: key.tenant });
      expect(await store.insert(surplus, one, changeOf(surplus, "key.created"))).toEqual({ outcome: "limit_reached" });
      await replaceSample(store, changed(key, { state: "revoked" }));
      expect(await findOne(store, key.id)).toMatchObject({ state: "revoked" });
      const { items } = await store.events({ tenant: key.tenant, keyId: key.id, order: "oldest", limit: 10 });
      expect(items.map(({ type }) => type)).toEqual(["key.created", "key.updated"]);
      expect(await store.insert(surplus, one, changeOf(surplus, "key.created"))).toEqual({ outcome: "inserted" });
      expect((await store.list({ tenant: key.tenant, order: "newest", limit: 10, nowMs: NOW_MS })).items).toEqual([]);
    });

    it("that still shows what was: a list says of no key what is true no more", async () => {
      const query = { order: "newest", limit: 10, nowMs: NOW_MS, status: "active" } as const;
      const tenant = freshTenant();
      const [revoked, deleted, kept] = [
        await insertSample(plain(), { tenant }),
        await insertSample(plain(), { tenant }),
        await insertSample(plain(), { tenant }),
      ];
      let stale: unknown;
      const store = storeThrough(async ({ command }, proceed) => {
        const reply = await proceed();
        if (command !== "QueryCommand") return reply;
        stale ??= structuredClone(outputOf(reply));
        Object.assign(outputOf(reply), stale);
        return reply;
      });
      expect((await store.list({ ...query, tenant })).items).toHaveLength(3);
      await replaceSample(store, changed(revoked, { state: "revoked" }));
      await replaceSample(store, tombstoneOf(deleted));
      expect((await store.list({ ...query, tenant })).items.map(({ id }) => id)).toEqual([kept.id]);
    });
  });

  it("of everyone at once, with replies lost and capacity short: exactly 100 of 1,000, from two processes' stores", async () => {
    let number = 0;
    const rough: Intercept = async ({ command }, proceed) => {
      number += 1;
      if (number % 7 === 0) throw throttled();
      const reply = await proceed();
      if (WRITES.includes(command) && number % 5 === 0) throw connectionLost();
      return reply;
    };
    const stores = [storeThrough(rough), storeThrough(rough)];
    const key = await insertSample(plain(), {});
    const results = await atOnce(1_000, (index) => {
      const store = stores[index % stores.length];
      if (store === undefined) throw new Error("no store");
      return spend(store, key, 100);
    });
    expect(results.flat().reduce((sum, { admitted }) => sum + admitted, 0)).toBe(100);
  });

  it("of everyone at once: of twenty inserts against a cap of three, three", async () => {
    let number = 0;
    const store = storeThrough(async ({ command }, proceed) => {
      number += 1;
      if (number % 9 === 0) throw throttled();
      const reply = await proceed();
      if (WRITES.includes(command) && number % 4 === 0) throw connectionLost();
      return reply;
    });
    const tenant = freshTenant();
    const results = await atOnce(20, () => {
      const key = sampleKey({ tenant });
      return store.insert(key, { ...AMPLE, maxLive: 3 }, changeOf(key, "key.created"));
    });
    expect(countOf(results, "inserted")).toBe(3);
  });
});

/** As DynamoDB does where one partition is short of capacity. */
function withoutItem<Reply>(reply: Reply, table: string, pk: string, left: unknown): Reply {
  const output = outputOf(reply);
  const { Responses } = output as { Responses: Record<string, { pk: { S: string } }[]> };
  Object.assign(output, {
    Responses: { [table]: (Responses[table] ?? []).filter((item) => item.pk.S !== pk) },
    UnprocessedKeys: { [table]: left },
  });
  return reply;
}

/** As DynamoDB does with a large batch: half of it is answered, and the rest is left to be asked for again. */
function withUnprocessed<Reply>(reply: Reply, input: unknown, table: string): Reply {
  const output = outputOf(reply);
  const { RequestItems } = input as { RequestItems: Record<string, { Keys: { pk: { S: string } }[] }> };
  const asked = RequestItems[table]?.Keys ?? [];
  if (asked.length < 2) return reply;
  const left = asked.slice(asked.length / 2);
  const isLeft = new Set(left.map(({ pk }) => pk.S));
  const { Responses } = output as { Responses: Record<string, { pk: { S: string } }[]> };
  Object.assign(output, {
    Responses: { [table]: (Responses[table] ?? []).filter(({ pk }) => !isLeft.has(pk.S)) },
    UnprocessedKeys: { [table]: { Keys: left } },
  });
  return reply;
}
