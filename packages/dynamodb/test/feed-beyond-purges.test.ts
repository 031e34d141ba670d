import { BatchWriteItemCommand } from "@aws-sdk/client-dynamodb";
import type { AuditEvent, NoteEvent, Store } from "@claviger/core";
import { changeOf, freshId, NOW_MS, sampleKey } from "@claviger/store-conformance/samples";
import { openDynamoClient } from "@claviger/testing";
import fc from "fast-check";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type Item, keyAttributes } from "../src/client/item.js";
import { dynamodbStore } from "../src/dynamodb-store.js";
import { eventAttributes } from "../src/events/log-item.js";
import { toEntryItem } from "../src/feed/feed-entry.js";
import { feedAddress, logAddress } from "../src/table/addresses.js";
import { intercept } from "./intercept.js";
import { allItems } from "./raw.js";
import { openTable, type TestTable } from "./test-table.js";

function note(): NoteEvent {
  const { version: _, chain: __, ...about } = changeOf(sampleKey(), "key.updated");
  return { ...about, type: "corrupt_key" };
}

const addressIn = (event: NoteEvent) => logAddress(event.tenant, event.keyId, event);

describe("the feed beyond what was purged", () => {
  let opened: TestTable;
  let store: Store;
  let requests = 0;
  beforeEach(async () => {
    opened = await openTable("beyond");
    const client = intercept(opened.open(), async (_, proceed) => {
      requests += 1;
      return proceed();
    });
    store = dynamodbStore({ client, table: opened.table });
  });
  afterEach(() => opened.remove());

  async function write(items: readonly Item[]): Promise<void> {
    for (let first = 0; first < items.length; first += 25) {
      const some = items.slice(first, first + 25).map((item) => ({ PutRequest: { Item: { ...item } } }));
      await opened.client.send(new BatchWriteItemCommand({ RequestItems: { [opened.table]: some } }));
    }
  }

  const logged = (event: NoteEvent): Item => ({ ...eventAttributes(event), ...keyAttributes(addressIn(event)) });

  const entry = (number: number, events: readonly NoteEvent[]): Item => ({
    ...toEntryItem(events.map(addressIn), freshId()),
    ...keyAttributes(feedAddress(number)),
  });

  /** An entry of this number with so many events, all of them purged. */
  const purged = (number: number, count: number): Item =>
    entry(
      number,
      Array.from({ length: count }, () => note()),
    );

  async function during<Result>(act: () => Promise<Result>): Promise<{ result: Result; sent: number }> {
    const before = requests;
    const result = await act();
    return { result, sent: requests - before };
  }

  it("is met behind thousands of purged events, and cheaply once it was", async () => {
    await write(Array.from({ length: 150 }, (_, index) => purged(index + 1, 10)));
    const last = note();
    await store.append([last]);
    const first = await during(() => store.feed(undefined, 1));
    expect(first.result.items).toEqual([last]);
    const again = await during(() => store.feed(undefined, 1));
    expect(again.result.items).toEqual([last]);
    expect(again.sent).toBeLessThan(8);
    expect(first.sent).toBeGreaterThan(again.sent);
    const { position } = again.result;
    expect(await store.feed(position, 1)).toEqual({ items: [], position });
  });

  it("a feed of nothing but purged events ends where they do, and what comes later is met from there and from before", async () => {
    await write(Array.from({ length: 30 }, (_, index) => purged(index + 1, 30)));
    const { items, position } = await store.feed(undefined, 10);
    expect(items).toEqual([]);
    expect(position).toBe("30:30");
    const last = note();
    await store.append([last]);
    for (const after of [position, undefined, "1:1", "7:30"]) {
      expect((await store.feed(after, 10)).items).toEqual([last]);
    }
  });

  it("who comes from the middle of an entry says nothing of what it begins with", async () => {
    const first = note();
    await write([logged(first), entry(1, [first, note()]), purged(2, 100), purged(3, 100)]);
    expect(await store.feed("1:1", 1)).toEqual({ items: [], position: "3:100" });
    expect((await store.feed(undefined, 1)).items).toEqual([first]);
  });

  it("a process that reads thousands of them and dies on the way has left how far it came", async () => {
    await write(Array.from({ length: 40 }, (_, index) => purged(index + 1, 100)));
    let left = 44;
    const client = intercept(openDynamoClient(opened.endpoint, { maxAttempts: 1 }), async (_, proceed) => {
      left -= 1;
      if (left < 0) throw new Error("dead");
      return proceed();
    });
    await expect(dynamodbStore({ client, table: opened.table }).feed(undefined, 1)).rejects.toThrow();
    client.destroy();
    const marked = (await allItems(opened.client, opened.table)).filter(({ goneUntil }) => goneUntil !== undefined);
    expect(marked.length).toBeGreaterThan(0);
  });

  /** Reads on to the end. @returns what was met, and where it was after each page that met something */
  async function readOn(after: string | undefined, limit: number) {
    const met: AuditEvent[] = [];
    const positions: { readonly after: string | undefined; readonly last: AuditEvent }[] = [];
    for (let position = after; ; ) {
      const page = await store.feed(position, limit);
      position = page.position ?? position;
      const last = page.items.at(-1);
      if (last === undefined) return { met, positions };
      met.push(...page.items);
      positions.push({ after: position, last });
    }
  }

  it("whatever was purged when, every reader from every position meets exactly what is left, in order", async () => {
    const { numRuns = 100 } = fc.readConfigureGlobal();
    const part = fc.record({
      dead: fc.nat(260),
      live: fc.integer({ min: 1, max: 2 }),
      size: fc.integer({ min: 1, max: 100 }),
    });
    const round = fc.record({ limit: fc.integer({ min: 1, max: 100 }), purge: fc.nat() });
    const parts = fc.array(part, { minLength: 1, maxLength: 4 });
    const rounds = fc.array(round, { minLength: 2, maxLength: 4 });
    // One feed for all runs: each begins behind the one before.
    let number = 0;
    let start: string | undefined;

    async function grow({ dead, live, size }: { dead: number; live: number; size: number }) {
      const events = Array.from({ length: dead + live }, note);
      await write(events.slice(dead).map(logged));
      for (let first = 0; first < events.length; first += size) {
        number += 1;
        await write([entry(number, events.slice(first, first + size))]);
      }
      return events.slice(dead);
    }

    await fc.assert(
      fc.asyncProperty(parts, rounds, async (grown, read) => {
        const all: NoteEvent[] = [];
        for (const each of grown) all.push(...(await grow(each)));
        const left = new Set(all);
        const readers: { after: string | undefined; met: number }[] = [{ after: start, met: 0 }];
        for (const { limit, purge } of read) {
          for (const { after, met } of [...readers]) {
            const found = await readOn(after, limit);
            expect(found.met).toEqual(all.slice(met).filter((event) => left.has(event)));
            const [first] = found.positions;
            if (first === undefined) continue;
            readers.push({ after: first.after, met: 1 + all.findIndex(({ id }) => id === first.last.id) });
          }
          const victim = [...left][purge % Math.max(left.size, 1)];
          if (victim === undefined) continue;
          left.delete(victim);
          await store.purgeEvents({ tenant: victim.tenant, beforeAt: NOW_MS + 10, limit: 100 });
        }
        number += 1;
        start = `${number}:1`;
        await write([purged(number, 1)]);
      }),
      { numRuns: Math.ceil(numRuns / 20) },
    );
  });
});
