import { PutItemCommand } from "@aws-sdk/client-dynamodb";
import type { AuditEvent, NoteEvent } from "@claviger/core";
import { changeOf, freshId, NOW_MS, sampleKey } from "@claviger/store-conformance/samples";
import { openDynamoClient } from "@claviger/testing";
import { afterAll, beforeAll, expect, it } from "vitest";
import { attributes, keyAttributes } from "../src/client/item.js";
import { dynamodbStore } from "../src/dynamodb-store.js";
import { placeText } from "../src/order/place.js";
import { keyAddress, tenantPartition } from "../src/table/addresses.js";
import { intercept } from "./intercept.js";
import { openTable, type TestTable } from "./test-table.js";

let opened: TestTable;
beforeAll(async () => {
  opened = await openTable("riding");
});
afterAll(() => opened.remove());

function note(): NoteEvent {
  const { version: _, chain: __, ...about } = changeOf(sampleKey(), "key.updated");
  return { ...about, type: "corrupt_key" };
}

it("what rides and cannot be read keeps nothing from the feed, however much of it there is", async () => {
  for (let count = 1; count <= 60; count += 1) {
    const id = freshId();
    const damaged = { event: "{", logOf: tenantPartition("t"), logAt: placeText({ at: NOW_MS, id }), ridesAs: id };
    const Item = { ...attributes(damaged), ...keyAttributes(keyAddress(id)) };
    await opened.client.send(new PutItemCommand({ TableName: opened.table, Item }));
  }
  const client = intercept(openDynamoClient(opened.endpoint, { maxAttempts: 1 }), async ({ input }, proceed) => {
    if (JSON.stringify(input).includes('"feed"')) throw new Error("dead");
    return proceed();
  });
  const notes = Array.from({ length: 12 }, note);
  await dynamodbStore({ client, table: opened.table }).append(notes);
  client.destroy();

  const waiting = { pause: async () => {}, random: () => 0 };
  const reader = dynamodbStore({ client: opened.client, table: opened.table }, waiting);
  const met: AuditEvent[] = [];
  let position: string | undefined;
  // Each looks at 25 of what rides: once around, and the last ones' events behind it.
  for (let call = 1; call <= 6; call += 1) {
    const page = await reader.feed(position, 100);
    position = page.position ?? position;
    met.push(...page.items);
  }
  expect(met.map(({ id }) => id).sort()).toEqual(notes.map(({ id }) => id).sort());

  const late = note();
  await reader.append([late]);
  expect((await reader.feed(position, 100)).items).toEqual([late]);
});
