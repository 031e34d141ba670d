import type { KeyRecord, NoteEvent, Store } from "@claviger/core";
import { changed, changeOf, insertSample, NOW_MS, replaceSample, sampleKey } from "@claviger/store-conformance/samples";
import { openDynamoClient } from "@claviger/testing";
import { createKeyring } from "claviger";
import { afterAll, beforeAll, expect, it } from "vitest";
import { dynamodbStore } from "../src/dynamodb-store.js";
import { openTable, type TestTable } from "./test-table.js";

let opened: TestTable;
beforeAll(async () => {
  opened = await openTable();
});
afterAll(() => opened.remove());

/** What a client sends, as docs/guides/dynamodb.md counts it. */
function countingClient() {
  const client = openDynamoClient(opened.endpoint);
  const sent = { reads: 0, writes: 0 };
  client.middlewareStack.add(
    (next, context) => (args) => {
      const isRead = /^(Get|BatchGet|Query|Scan)/.test(String(context.commandName));
      sent[isRead ? "reads" : "writes"] += 1;
      return next(args);
    },
    { step: "initialize" },
  );
  const during = async <T>(act: () => Promise<T>): Promise<{ result: T; reads: number; writes: number }> => {
    const before = { ...sent };
    const result = await act();
    return { result, reads: sent.reads - before.reads, writes: sent.writes - before.writes };
  };
  return { client, during };
}

/** A key with three events. */
async function changedTwice(store: Store): Promise<KeyRecord> {
  const key = await insertSample(store);
  const second = changed(key);
  for (const next of [second, changed(second)]) await replaceSample(store, next);
  return key;
}

function observation(): NoteEvent {
  const key = sampleKey();
  const { version: _, chain: __, ...about } = changeOf(key, "key.updated");
  return { ...about, type: "corrupt_key" };
}

it("each act costs the requests that the guide says", async () => {
  const { client, during } = countingClient();
  const store = dynamodbStore({ client, table: opened.table });
  // A flush of usage in the midst would be counted as part of whatever is under way.
  const keyring = createKeyring({ store, prefix: "acme", usage: false });
  const limits = [{ name: "burst", kind: "credits", limit: 3 }] as const;
  const first = await during(() => keyring.create({ owner: "user_1", name: "The owner's first" }));

  const create = await during(() => keyring.create({ owner: "user_1", name: "A key", limits }));
  const { key, token } = create.result;
  const plain = await keyring.create({ owner: "user_1", name: "Another" });
  const lone = await keyring.create({ owner: "user_2", name: "The only one" });
  const { tenant } = await changedTwice(store);
  const counted = {
    "create, the owner's first, and the process's first event": first,
    create,
    "verify, the owner's first": await during(() => keyring.verify(plain.token)),
    verify: await during(() => keyring.verify(plain.token)),
    "verify, the first charge": await during(() => keyring.verify(token)),
    "verify, a further charge": await during(() => keyring.verify(token)),
    "limits.peek": await during(() => keyring.limits.peek(key.id)),
    "verify, charged and then refunded": await during(async () => keyring.limits.refund(await keyring.verify(token))),
    update: await during(() => keyring.update(key.id, { name: "Renamed" })),
    revoke: await during(() => keyring.revoke(key.id)),
    delete: await during(() => keyring.delete(key.id)),
    "delete, the owner's last": await during(() => keyring.delete(lone.key.id)),
    list: await during(() => keyring.list()),
    "feed, a page": await during(() => store.feed(undefined, 1)),
    "feed, the last page": await during(() => store.feed(undefined, 100)),
    "a note": await during(() => store.append([observation()])),
    "purge of 3 events of a key": await during(() => store.purgeEvents({ tenant, beforeAt: NOW_MS + 10, limit: 3 })),
  };
  client.destroy();
  const requests = Object.entries(counted).map(([act, { reads, writes }]) => [act, `${reads} reads, ${writes} writes`]);
  expect(Object.fromEntries(requests)).toEqual({
    "create, the owner's first, and the process's first event": "2 reads, 7 writes",
    create: "0 reads, 6 writes",
    "verify, the owner's first": "3 reads, 0 writes",
    verify: "1 reads, 0 writes",
    "verify, the first charge": "2 reads, 1 writes",
    "verify, a further charge": "1 reads, 1 writes",
    "limits.peek": "2 reads, 0 writes",
    "verify, charged and then refunded": "2 reads, 2 writes",
    update: "1 reads, 5 writes",
    revoke: "1 reads, 5 writes",
    delete: "2 reads, 7 writes",
    "delete, the owner's last": "2 reads, 8 writes",
    list: "2 reads, 0 writes",
    "feed, a page": "2 reads, 0 writes",
    "feed, the last page": "3 reads, 0 writes",
    "a note": "0 reads, 4 writes",
    "purge of 3 events of a key": "3 reads, 4 writes",
  });
});

it("sixteen verifies at once are a few reads, however many keys they are of", async () => {
  const { client, during } = countingClient();
  const keyring = createKeyring({
    store: dynamodbStore({ client, table: opened.table }),
    prefix: "acme",
    usage: false,
  });
  const made = Array.from({ length: 16 }, (_, index) => keyring.create({ owner: "user_16", name: `Key ${index}` }));
  const tokens = (await Promise.all(made)).map(({ token }) => token);
  await keyring.verify(tokens[0]);
  const together = await during(() => Promise.all(tokens.map((token) => keyring.verify(token))));
  client.destroy();
  expect(together.result.every(({ ok }) => ok)).toBe(true);
  expect(together.reads).toBeLessThanOrEqual(6);
  expect(together.writes).toBe(0);
});
