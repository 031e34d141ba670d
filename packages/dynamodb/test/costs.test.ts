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
      const isRead = /^(Get|BatchGet|Query)/.test(String(context.commandName));
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

it("each act costs the requests that the guide says", async () => {
  const { client, during } = countingClient();
  const keyring = createKeyring({ store: dynamodbStore({ client, table: opened.table }), prefix: "acme" });
  const limits = [{ name: "burst", kind: "credits", limit: 3 }] as const;
  const first = await during(() => keyring.create({ owner: "user_1", name: "The owner's first" }));

  const create = await during(() => keyring.create({ owner: "user_1", name: "A key", limits }));
  const { key, token } = create.result;
  const plain = await keyring.create({ owner: "user_1", name: "Another" });
  const counted = {
    "create, the owner's first": first,
    create,
    verify: await during(() => keyring.verify(plain.token)),
    "verify, the first charge": await during(() => keyring.verify(token)),
    "verify, a further charge": await during(() => keyring.verify(token)),
    update: await during(() => keyring.update(key.id, { name: "Renamed" })),
    revoke: await during(() => keyring.revoke(key.id)),
    delete: await during(() => keyring.delete(key.id)),
    list: await during(() => keyring.list()),
  };
  client.destroy();
  const requests = Object.entries(counted).map(([act, { reads, writes }]) => [act, `${reads} reads, ${writes} writes`]);
  expect(Object.fromEntries(requests)).toEqual({
    "create, the owner's first": "1 reads, 6 writes",
    create: "0 reads, 5 writes",
    verify: "1 reads, 0 writes",
    "verify, the first charge": "2 reads, 1 writes",
    "verify, a further charge": "1 reads, 1 writes",
    update: "1 reads, 4 writes",
    revoke: "1 reads, 4 writes",
    delete: "2 reads, 5 writes",
    list: "2 reads, 0 writes",
  });
});
