import type { OwnerEvent, Store } from "@claviger/core";
import {
  AMPLE,
  changed,
  changeOf,
  findOne,
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
import type { Waiting } from "../src/client/backoff.js";
import { dynamodbStore } from "../src/dynamodb-store.js";
import { connectionLost, intercept, type Send } from "./intercept.js";
import { allItems, loggedIds } from "./raw.js";
import { openTable, type TestTable } from "./test-table.js";

const NO_WAITING: Waiting = { pause: async () => {}, random: () => 0 };
const MINUTE_MS = 60_000;

describe("an act in whose midst something else happens", () => {
  let opened: TestTable;
  let other: Store;
  const clients: ReturnType<typeof openDynamoClient>[] = [];
  beforeAll(async () => {
    opened = await openTable("interrupted");
    other = dynamodbStore({ client: opened.client, table: opened.table });
  });
  afterEach(() => {
    for (const client of clients.splice(0)) client.destroy();
  });
  afterAll(() => opened.remove());

  /** A store before whose requests this happens; each attempt of the SDK's is a request. */
  function storeWith(happens: (send: Send) => Promise<void>, waiting: Waiting = NO_WAITING): Store {
    const client = intercept(openDynamoClient(opened.endpoint, { maxAttempts: 1 }), async (send, proceed) => {
      await happens(send);
      return proceed();
    });
    clients.push(client);
    return dynamodbStore({ client, table: opened.table }, waiting);
  }

  /** Before the first request that this is in, and no other. */
  function once(command: string, text: string, act: () => Promise<unknown>): (send: Send) => Promise<void> {
    let isDone = false;
    return async (send) => {
      if (isDone || send.command !== command || !JSON.stringify(send.input).includes(text)) return;
      isDone = true;
      await act();
    };
  }

  /** No request that this is in comes through. */
  const failing = (command: string, text: string): Store =>
    storeWith(async (send) => {
      if (send.command === command && JSON.stringify(send.input).includes(text)) throw connectionLost();
    });

  const suspension = (tenant: string): OwnerEvent<"owner.suspended"> => ({
    id: freshId(),
    type: "owner.suspended",
    tenant,
    owner: "o",
    actor: "a",
    at: NOW_MS,
    data: {},
  });
  const resumption = (tenant: string): OwnerEvent<"owner.resumed"> => ({
    ...suspension(tenant),
    type: "owner.resumed",
  });

  describe("of owners", () => {
    it("a repeated suspension whose event was logged and which was ended meanwhile is not made again", async () => {
      const tenant = freshTenant();
      const suspended = suspension(tenant);
      expect(await failing("PutItemCommand", '"log#').owners.suspend(suspended)).toEqual({ outcome: "changed" });
      const resumed = resumption(tenant);
      const repeating = storeWith(once("GetItemCommand", '"standing"', () => other.owners.resume(resumed)));
      expect(await repeating.owners.suspend(suspended)).toEqual({ outcome: "changed" });
      expect(await other.owners.read([{ tenant, owner: "o" }])).toEqual([{ suspendedAt: null }]);
      const logged = loggedIds(await allItems(opened.client, opened.table));
      expect(logged.filter((id) => id === suspended.id || id === resumed.id).sort()).toEqual(
        [suspended.id, resumed.id].sort(),
      );
    });

    it("who was refused gives no claim back that a repetition relies on", async () => {
      const tenant = freshTenant();
      await other.owners.suspend(suspension(tenant));
      const event = suspension(tenant);
      const refused = storeWith(
        once("DeleteItemCommand", event.id, async () => {
          await other.owners.resume(resumption(tenant));
          expect(await other.owners.suspend(event)).toEqual({ outcome: "changed" });
        }),
      );
      expect(await refused.owners.suspend(event)).toEqual({ outcome: "unchanged" });
      await expect(other.owners.resume({ ...event, type: "owner.resumed" })).rejects.toThrow(
        "another event has the id",
      );
      expect(await other.owners.read([{ tenant, owner: "o" }])).toEqual([{ suspendedAt: NOW_MS }]);
    });

    it("who was refused leaves the id to others", async () => {
      const tenant = freshTenant();
      await other.owners.suspend(suspension(tenant));
      const event = suspension(tenant);
      expect(await other.owners.suspend(event)).toEqual({ outcome: "unchanged" });
      expect(await other.owners.resume({ ...event, type: "owner.resumed" })).toEqual({ outcome: "changed" });
    });
  });

  it.each<readonly [string, (tenant: string, id: string, version: number) => Promise<unknown>]>([
    ["whoever reads the key", (_, id) => other.find([id])],
    ["whoever reads several", (_, id) => other.find([freshId(), id])],
    [
      "whoever is refused a change",
      (tenant, id, version) => {
        const late = { ...sampleKey({ tenant, id }), version };
        return other.replace(late, version - 1, changeOf(late, "key.updated"));
      },
    ],
    [
      "whoever needs its place",
      (tenant) => {
        const next = sampleKey({ tenant });
        return other.insert(next, { maxLive: 1, nowMs: NOW_MS }, changeOf(next, "key.created"));
      },
    ],
  ])("a deletion that ended in trouble after its write is finished by %s", async (_, comeBy) => {
    const key = await insertSample(other);
    const { tenant, id } = key;
    const counts = [{ hourAt: 0, outcome: "ok", count: 1 }];
    await other.recordUsage([{ tenant, keyId: id, lastUsedAt: NOW_MS, counts, sightings: [] }]);
    const tombstone = tombstoneOf(key);
    const deleted = changeOf(tombstone, "key.deleted");
    await expect(failing("PutItemCommand", '"meters#').replace(tombstone, 1, deleted)).rejects.toThrow();
    await comeBy(tenant, id, 2);
    const items = await allItems(opened.client, opened.table);
    const left = items.filter(({ pk }) => pk?.S?.endsWith(id) && !pk.S.startsWith("log#"));
    expect(left.map(({ pk }) => pk?.S?.split("#")[0]).sort()).toEqual(["key", "meters"]);
    expect(loggedIds(items)).toContain(deleted.id);
  });

  it("trouble with what is left of a deletion is none of the reader's", async () => {
    const key = await insertSample(other);
    const tombstone = tombstoneOf(key);
    const broken = failing("PutItemCommand", '"meters#');
    await expect(broken.replace(tombstone, 1, changeOf(tombstone, "key.deleted"))).rejects.toThrow();
    expect(await findOne(broken, key.id)).toMatchObject({ state: "destroyed" });
  });

  it("consume: who was overtaken and paused goes on from what there is after the pause", async () => {
    const key = await insertSample(other);
    const charges = [{ form: "window", meter: "m", windowAt: 0, add: 1, ceiling: 1_000 }] as const;
    const spendOne = async (store: Store) =>
      (await store.consume([{ tenant: key.tenant, keyId: key.id, units: 1, charges }], NOW_MS))[0];
    let writes = 0;
    const overtaken = storeWith(
      async ({ command }) => {
        if (command !== "PutItemCommand") return;
        writes += 1;
        if (writes <= 2) await spendOne(other);
      },
      { pause: async () => void (await spendOne(other)), random: () => 0 },
    );
    expect(await spendOne(overtaken)).toMatchObject({ admitted: 1, meters: [{ used: 4 }] });
    expect(writes).toBe(3);
  });

  it("QL-26: a place is free although the reply to the fence was lost", async () => {
    const lost = sampleKey();
    const { tenant } = lost;
    const dying = failing("PutItemCommand", `"key#${lost.id}"`);
    const one = { maxLive: 1, nowMs: NOW_MS };
    await expect(dying.insert(lost, one, changeOf(lost, "key.created"))).rejects.toThrow();
    const next = sampleKey({ tenant });
    const later = { maxLive: 1, nowMs: NOW_MS + MINUTE_MS };
    const fenced = storeWith(
      once("PutItemCommand", `"key#${lost.id}"`, async () => {
        const rival = sampleKey({ tenant });
        const failed = failing("UpdateItemCommand", "REMOVE");
        await expect(failed.insert(rival, later, changeOf(rival, "key.created"))).rejects.toThrow();
      }),
    );
    expect(await fenced.insert(next, later, changeOf(next, "key.created"))).toEqual({ outcome: "inserted" });
  });

  it("QL-26: a place is free although its dead key was changed before it was marked", async () => {
    const dead = await insertSample(other, { expiresAt: NOW_MS });
    const next = sampleKey({ tenant: dead.tenant });
    const weeding = storeWith(
      once("UpdateItemCommand", "#placeGivenAway", () => replaceSample(other, changed(dead, { state: "revoked" }))),
    );
    const one = { maxLive: 1, nowMs: NOW_MS };
    expect(await weeding.insert(next, one, changeOf(next, "key.created"))).toEqual({ outcome: "inserted" });
    const surplus = sampleKey({ tenant: dead.tenant });
    expect(await weeding.insert(surplus, one, changeOf(surplus, "key.created"))).toEqual({ outcome: "limit_reached" });
  });

  describe("by a clock that is ahead", () => {
    /** A key whose place was given away. */
    async function givenAway(given: Parameters<typeof sampleKey>[0]) {
      const key = sampleKey(given);
      await other.insert(key, AMPLE, changeOf(key, "key.created"));
      const successor = sampleKey({ tenant: key.tenant });
      const ahead = { maxLive: 1, nowMs: NOW_MS + 2 * MINUTE_MS };
      expect(await other.insert(successor, ahead, changeOf(successor, "key.created"))).toEqual({ outcome: "inserted" });
      return key;
    }
    const replace = (next: ReturnType<typeof changed>) =>
      other.replace(next, next.version - 1, changeOf(next, "key.updated"));

    it("promise 1: a key that lost its place can still be disabled, or be given an earlier end", async () => {
      const expiresAt = NOW_MS + MINUTE_MS;
      const key = await givenAway({ expiresAt });
      const disabled = changed(key, { state: "disabled" });
      expect(await replace(disabled)).toEqual({ outcome: "replaced" });
      const earlier = changed(disabled, { expiresAt: expiresAt - 1 });
      expect(await replace(earlier)).toEqual({ outcome: "replaced" });
      expect(await replace(changed(earlier, { expiresAt }))).toMatchObject({ outcome: "conflict" });
      expect(await replace(changed(earlier, { expiresAt: null }))).toMatchObject({ outcome: "conflict" });
    });

    it("a key that was revoked is not brought back by its end", async () => {
      const key = await givenAway({ state: "revoked", expiresAt: NOW_MS + MINUTE_MS });
      expect(await replace(changed(key, { state: "active" }))).toMatchObject({ outcome: "conflict" });
    });
  });
});
