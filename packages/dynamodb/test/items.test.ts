import { inspect } from "node:util";
import { type AttributeValue, GetItemCommand, PutItemCommand, UpdateItemCommand } from "@aws-sdk/client-dynamodb";
import {
  MAX_KEYS_PER_OWNER,
  MAX_METADATA_BYTES,
  MAX_NAME_LENGTH,
  MAX_OWNER_LENGTH,
  MAX_RESOURCE_KINDS,
  MAX_RESOURCE_LENGTH,
  MAX_RESOURCES,
  MAX_SCOPE_LENGTH,
  MAX_SCOPES,
  MAX_TENANT_LENGTH,
  PartialFault,
  type Store,
} from "@claviger/core";
import {
  AMPLE,
  changed,
  changeOf,
  findOne,
  freshId,
  insertSample,
  NOW_MS,
  replaceSample,
  sampleKey,
  tombstoneOf,
} from "@claviger/store-conformance/samples";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Item, type ItemKey, keyAttributes } from "../src/client/item.js";
import { dynamodbStore } from "../src/dynamodb-store.js";
import { keyAddress, metersAddress, placesAddress } from "../src/table/addresses.js";
import { openTable, type TestTable } from "./test-table.js";

const KILOBYTE = 1024;
const LARGEST_ITEM = 400 * KILOBYTE;

describe("what stands in the table", () => {
  let opened: TestTable;
  let store: Store;
  beforeAll(async () => {
    opened = await openTable("items");
    store = dynamodbStore({ client: opened.client, table: opened.table });
  });
  afterAll(() => opened.remove());

  async function itemAt(address: ItemKey): Promise<Item> {
    const { Item } = await opened.client.send(
      new GetItemCommand({ TableName: opened.table, Key: keyAttributes(address), ConsistentRead: true }),
    );
    return Item ?? {};
  }

  const set = (address: ItemKey, name: string, value: AttributeValue) =>
    opened.client.send(
      new UpdateItemCommand({
        TableName: opened.table,
        Key: keyAttributes(address),
        UpdateExpression: "SET #name = :value",
        ExpressionAttributeNames: { "#name": name },
        ExpressionAttributeValues: { ":value": value },
      }),
    );

  it("promise 2: a write of a key leaves when it was last used, and usage leaves everything else", async () => {
    const key = await insertSample(store);
    const before = await itemAt(keyAddress(key.id));
    await store.recordUsage([{ tenant: key.tenant, keyId: key.id, lastUsedAt: NOW_MS, counts: [], sightings: [] }]);
    expect(await itemAt(keyAddress(key.id))).toEqual({ ...before, lastUsedAt: { N: String(NOW_MS) } });
    await replaceSample(store, changed(key));
    expect(await findOne(store, key.id)).toMatchObject({ version: 2, lastUsedAt: NOW_MS });
  });

  it("once a write has resolved, its event rides no more", async () => {
    const key = await insertSample(store);
    await replaceSample(store, changed(key));
    const item = await itemAt(keyAddress(key.id));
    expect(item.eventId).toBeDefined();
    for (const name of ["event", "logOf", "logAt", "ridesAs"]) expect(item).not.toHaveProperty(name);
  });

  it("deleting leaves id, tenant, state, times, version, head, the id of the last write and a place among the deleted, and nothing else of the key", async () => {
    const key = await insertSample(store, {
      scopes: ["a"],
      metadata: { a: 1 },
      expiresAt: NOW_MS + 1,
      notBefore: NOW_MS,
      rotation: {
        previous: { alg: "sha256", hex: "00" },
        previousSecretVersion: 1,
        startedAt: 1,
        previousEndsAt: 2,
        previousExpiresAt: 3,
      },
    });
    await store.recordUsage([{ tenant: key.tenant, keyId: key.id, lastUsedAt: NOW_MS, counts: [], sightings: [] }]);
    const tombstone = tombstoneOf(key);
    await replaceSample(store, tombstone);
    const { eventId, ...kept } = await itemAt(keyAddress(key.id));
    expect(eventId).toBeDefined();
    expect(kept).toEqual({
      ...keyAttributes(keyAddress(key.id)),
      id: { S: key.id },
      tenant: { S: key.tenant },
      state: { S: "destroyed" },
      version: { N: "2" },
      head: { S: tombstone.head },
      listOf: { S: `${key.tenant.length}:${key.tenant}deleted` },
      listAt: { S: `${String(key.createdAt).padStart(16, "0")}#${key.id}` },
      createdAt: { N: String(key.createdAt) },
      updatedAt: { N: String(tombstone.updatedAt) },
    });
  });

  it("deleting gives the place back, and leaves nothing of an owner who has no other", async () => {
    const [first, second] = [await insertSample(store), sampleKey()];
    const { tenant, owner } = first;
    const other = { ...second, tenant, owner };
    await store.insert(other, AMPLE, changeOf(other, "key.created"));
    const places = placesAddress(tenant, owner);
    await replaceSample(store, tombstoneOf(first));
    expect(Object.keys((await itemAt(places)).live?.M ?? {})).toEqual([other.id]);
    await replaceSample(store, tombstoneOf(other));
    expect(await itemAt(places)).toEqual({});
    const again = sampleKey({ tenant, owner });
    expect(await store.insert(again, { maxLive: 1, nowMs: NOW_MS }, changeOf(again, "key.created"))).toEqual({
      outcome: "inserted",
    });
  });

  it("a tombstone has a next version, which leaves nothing of anybody either", async () => {
    const tombstone = tombstoneOf(await insertSample(store));
    await replaceSample(store, tombstone);
    const before = await itemAt(keyAddress(tombstone.id));
    const next = { ...tombstone, version: tombstone.version + 1 };
    expect(await store.replace(next, tombstone.version, changeOf(next, "key.event_erased"))).toEqual({
      outcome: "replaced",
    });
    const after = await itemAt(keyAddress(tombstone.id));
    expect(after).toEqual({ ...before, version: { N: String(next.version) }, eventId: after.eventId });
  });

  it("a late charge and late usage of a deleted key write nothing", async () => {
    const key = await insertSample(store);
    const spend = (through: Store) =>
      through.consume(
        [
          {
            tenant: key.tenant,
            keyId: key.id,
            units: 1,
            charges: [{ form: "window", meter: "m", windowAt: 0, add: 1, ceiling: 1 }],
          },
        ],
        NOW_MS,
      );
    const other = dynamodbStore({ client: opened.client, table: opened.table });
    await spend(other);
    await replaceSample(store, tombstoneOf(key));
    const fence = await itemAt(metersAddress(key.tenant, key.id));
    const counts = [{ hourAt: 0, outcome: "ok", count: 1 }];
    await other.recordUsage([{ tenant: key.tenant, keyId: key.id, lastUsedAt: NOW_MS, counts, sightings: [] }]);
    // A process that has not heard of the deletion yet goes on limiting by itself, from the beginning.
    for (const late of [other, store]) {
      expect((await spend(late))[0]?.admitted).toBe(1);
      expect((await spend(late))[0]?.admitted).toBe(0);
    }
    expect(await itemAt(metersAddress(key.tenant, key.id))).toEqual(fence);
    expect(fence).toEqual({ ...keyAttributes(metersAddress(key.tenant, key.id)), fence: { BOOL: true } });
    expect(
      await itemAt({ pk: `usage#${key.tenant.length}:${key.tenant}${key.id}`, sk: "hour#0000000000000000" }),
    ).toEqual({});
  });

  it("what consume refuses writes nothing", async () => {
    const [tenant, keyId] = ["t", freshId()];
    const spend = (add: number) =>
      store.consume(
        [{ tenant, keyId, units: 1, charges: [{ form: "window", meter: "m", windowAt: 0, add, ceiling: 2 }] }],
        0,
      );
    await spend(1);
    const before = await itemAt(metersAddress(tenant, keyId));
    await spend(2);
    expect(await itemAt(metersAddress(tenant, keyId))).toEqual(before);
  });

  it("a key with every field at its bound has room beside it for usage and an event of 16 KB", async () => {
    const wide = (length: number, distinct = "") => distinct + "€".repeat(length - distinct.length);
    const kinds = Array.from({ length: MAX_RESOURCE_KINDS }, (_, index) => `kind${index}`);
    const list = Array.from({ length: MAX_RESOURCES }, (_, index) => wide(MAX_RESOURCE_LENGTH, String(index)));
    // The largest that the bounds of the single fields admit would be 1.9 MB of restrictions; no store is asked for that.
    const restrictions = { resources: Object.fromEntries(kinds.slice(0, 4).map((kind) => [kind, { allow: list }])) };
    const key = sampleKey({
      tenant: wide(MAX_TENANT_LENGTH, freshId()),
      owner: wide(MAX_OWNER_LENGTH),
      name: wide(MAX_NAME_LENGTH),
      scopes: Array.from({ length: MAX_SCOPES }, (_, index) => `s${index}:`.padEnd(MAX_SCOPE_LENGTH, "x")),
      metadata: { text: "x".repeat(MAX_METADATA_BYTES - '{"text":""}'.length) },
      restrictions,
    });
    const event = { ...changeOf(key, "key.created"), data: { text: "x".repeat(16 * KILOBYTE) } };
    expect(await store.insert(key, AMPLE, event)).toEqual({ outcome: "inserted" });
    expect(sizeOf(await itemAt(keyAddress(key.id)))).toBeLessThan(LARGEST_ITEM - 16 * KILOBYTE);
  });

  it("the places of as many keys as a cap may be fit into an owner's item", async () => {
    const { tenant, owner } = sampleKey();
    const live = Object.fromEntries(
      Array.from({ length: MAX_KEYS_PER_OWNER - 1 }, () => [freshId(), { N: String(NOW_MS) }]),
    );
    const address = placesAddress(tenant, owner);
    await opened.client.send(
      new PutItemCommand({ TableName: opened.table, Item: { ...keyAttributes(address), live: { M: live } } }),
    );
    const last = sampleKey({ tenant, owner });
    expect(await store.insert(last, AMPLE, changeOf(last, "key.created"))).toEqual({ outcome: "inserted" });
    expect(sizeOf(await itemAt(address))).toBeLessThan(LARGEST_ITEM * 0.75);
  });

  it.each<readonly [string, string, AttributeValue]>([
    ["is empty", "digestHex", { S: "" }],
    ["is not hex", "digestHex", { S: "zz" }],
    ["is no text", "digestHex", { N: "7" }],
    ["is of an unknown algorithm", "digestAlg", { S: "md5" }],
    ["lost its pepper", "digestAlg", { S: "hmac-sha256" }],
  ])("a digest that %s is found as one that is none, and disturbs no neighbour", async (_, name, value) => {
    const [hurt, sound] = [await insertSample(store), await insertSample(store)];
    await set(keyAddress(hurt.id), name, value);
    const [found, neighbour] = await store.find([hurt.id, sound.id]);
    expect(neighbour).toMatchObject({ digest: sound.digest });
    if (found === undefined || found.state === "destroyed") throw new Error("the key is gone");
    expect(found.digest.hex).not.toMatch(/^[0-9a-f]{64}$/);
  });

  it("times that were damaged fail closed", async () => {
    const key = await insertSample(store, { expiresAt: NOW_MS, notBefore: NOW_MS });
    await set(keyAddress(key.id), "expiresAt", { S: "31/12/2020" });
    await set(keyAddress(key.id), "notBefore", { BOOL: false });
    expect(await findOne(store, key.id)).toMatchObject({ expiresAt: Number.NaN, notBefore: Number.NaN });
  });

  it.each(["limits", "restrictions", "metadata"])(
    "promise 5: %s that are no JSON are a fault that names the key and quotes nothing",
    async (name) => {
      const key = await insertSample(store);
      await set(keyAddress(key.id), name, { S: '{"pin":"1234' });
      const error = await store.find([key.id]).catch((thrown: unknown) => thrown);
      expect(error).toMatchObject({ message: `DynamoDB: ${name} of the item key#${key.id} is no JSON` });
      expect(inspect(error, { depth: null, showHidden: true })).not.toContain("pin");
      const neighbours = [await insertSample(store), await insertSample(store)] as const;
      const ids = [neighbours[0].id, key.id, neighbours[1].id];
      const partial = await store.find(ids).catch((thrown: unknown) => thrown);
      expect(partial).toBeInstanceOf(PartialFault);
      expect(partial).toMatchObject({
        answers: [{ id: ids[0] }, undefined, { id: ids[2] }],
        cause: { message: `DynamoDB: ${name} of the item key#${key.id} is no JSON` },
      });
      expect(inspect(partial, { depth: null, showHidden: true })).not.toContain("pin");
    },
  );

  it.each([
    ["empty", ""],
    ["too long", "x".repeat(3_000)],
    ["half a character", "\ud800"],
  ])("nothing is under a name that is %s, and nothing is written", async (_title, name) => {
    const key = sampleKey();
    const { tenant } = key;
    const next = changed({ ...key, id: name });
    expect(await store.replace(next, 1, changeOf(key, "key.updated"))).toEqual({ outcome: "missing" });
    const charges = [{ form: "window", meter: "m", windowAt: 0, add: 1, ceiling: 1 }] as const;
    const requests = [
      { tenant, keyId: name, units: 1, charges },
      { tenant, keyId: key.id, units: 1, charges },
      { tenant: name, keyId: key.id, units: 1, charges },
    ];
    expect((await store.consume(requests, NOW_MS)).map(({ admitted }) => admitted)).toEqual([0, 1, 0]);
    const { keyId: _, ...about } = changeOf(key, "key.updated");
    const suspended = { ...about, owner: "o", type: "owner.suspended" } as const;
    await expect(store.owners.suspend({ ...suspended, owner: name })).rejects.toThrow("owner must be");
    await expect(store.owners.suspend({ ...suspended, tenant: name })).rejects.toThrow("tenant must be");
    const settings = { tenant: name, version: 1, updatedAt: NOW_MS, settings: {} };
    await expect(
      store.settings.replace(settings, 0, { ...about, tenant: name, type: "settings.updated" }),
    ).rejects.toThrow("tenant must be");
  });

  it("promise 5: an error of DynamoDB's leaves what it quotes of an item behind, and keeps its code", async () => {
    const key = sampleKey({ digest: { alg: "sha256", hex: "d1".repeat(32) } });
    const lost = dynamodbStore({ client: opened.client, table: "not-there" });
    const error = await lost.insert(key, AMPLE, changeOf(key, "key.created")).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(Error);
    expect(error).toMatchObject({ code: "ResourceNotFoundException", message: expect.stringContaining("createTable") });
    const large = sampleKey({ ...key, metadata: { text: "d1".repeat(300 * KILOBYTE) } });
    const refused = await store.insert(large, AMPLE, changeOf(large, "key.created")).catch((thrown: unknown) => thrown);
    expect(refused).toMatchObject({ code: "ValidationException" });
    for (const each of [error, refused]) {
      expect(inspect(each, { depth: null, showHidden: true })).not.toContain("d1d1");
    }
  });
});

/** As DynamoDB counts: names and values in UTF-8, a few bytes for each nesting. */
function sizeOf(item: Item): number {
  return Object.entries(item).reduce((sum, [name, value]) => sum + Buffer.byteLength(name) + valueSize(value), 0);
}

function valueSize({ S, N, L, M }: AttributeValue): number {
  if (S !== undefined) return Buffer.byteLength(S);
  if (N !== undefined) return Math.ceil(N.length / 2) + 2;
  if (L !== undefined) return 3 + L.reduce((sum, each) => sum + 1 + valueSize(each), 0);
  if (M !== undefined) return 3 + Object.keys(M).length + sizeOf(M);
  return 1;
}
