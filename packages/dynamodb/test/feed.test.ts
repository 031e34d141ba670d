import type { AuditEvent, NoteEvent, Store } from "@claviger/core";
import {
  atOnce,
  changed,
  changeOf,
  freshTenant,
  insertSample,
  NOW_MS,
  replaceSample,
  sampleKey,
} from "@claviger/store-conformance/samples";
import { openDynamoClient } from "@claviger/testing";
import fc from "fast-check";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Waiting } from "../src/client/backoff.js";
import type { Item } from "../src/client/item.js";
import { dynamodbStore } from "../src/dynamodb-store.js";
import { fromEntryItem } from "../src/feed/feed-entry.js";
import { connectionLost, type Intercept, intercept, outputOf } from "./intercept.js";
import { allItems } from "./raw.js";
import { openTable, type TestTable } from "./test-table.js";

const NO_WAITING: Waiting = { pause: async () => {}, random: () => 0 };

function note(given: Partial<NoteEvent> = {}): NoteEvent {
  const { version: _, chain: __, ...about } = changeOf(sampleKey(), "key.updated");
  return { ...about, type: "corrupt_key", ...given };
}

describe("the feed", () => {
  let opened: TestTable;
  let store: Store;
  const clients: ReturnType<typeof openDynamoClient>[] = [];
  // A table each: the feed is the whole table's.
  beforeEach(async () => {
    opened = await openTable("feed");
    store = dynamodbStore({ client: opened.client, table: opened.table });
  });
  afterEach(async () => {
    for (const client of clients.splice(0)) client.destroy();
    await opened.remove();
  });

  function storeThrough(act: Intercept, waiting: Waiting = NO_WAITING): Store {
    const client = intercept(openDynamoClient(opened.endpoint), act);
    clients.push(client);
    return dynamodbStore({ client, table: opened.table }, waiting);
  }

  /** A store of which every request fails that this is in. */
  const failing = (text: string, isBroken: () => boolean = () => true): Store =>
    storeThrough(async ({ input }, proceed) => {
      if (isBroken() && JSON.stringify(input).includes(text)) throw Object.assign(new Error("no"), { name: "No" });
      return proceed();
    });

  async function entries() {
    const items = await allItems(opened.client, opened.table);
    return items
      .filter(({ pk }) => pk?.S === "feed")
      .map(fromEntryItem)
      .sort((a, b) => a.number - b.number);
  }

  async function readOn(reader: Store, after?: string, limit = 100) {
    const met: AuditEvent[] = [];
    for (let position = after; ; ) {
      const page = await reader.feed(position, limit);
      met.push(...page.items);
      position = page.position ?? position;
      if (page.items.length === 0) return { met, position };
    }
  }

  const idsOf = (events: readonly { readonly id: string }[]) => events.map(({ id }) => id);

  it("numbers its entries without a gap, and 40 notes at once by two stores are each met once, in few entries", async () => {
    const other = dynamodbStore({ client: opened.open(), table: opened.table });
    const notes = Array.from({ length: 40 }, () => note());
    await atOnce(40, (index) => (index % 2 === 0 ? store : other).append(notes.slice(index, index + 1)));
    const { met } = await readOn(store);
    expect(idsOf(met).sort()).toEqual(idsOf(notes).sort());
    const all = await entries();
    expect(all.map(({ number }) => number)).toEqual(all.map((_, index) => index + 1));
    expect(all.length).toBeLessThan(40);
  });

  it("skips nobody: whoever reads while two stores change keys meets every change, in order, in any interleaving", async () => {
    const { numRuns = 100 } = fc.readConfigureGlobal();
    const plan = fc.array(fc.tuple(fc.boolean(), fc.nat(1)), { minLength: 2, maxLength: 4 });
    await fc.assert(
      fc.asyncProperty(plan, fc.scheduler(), async (changes, scheduler) => {
        const through: Intercept = async (_, proceed) => {
          await scheduler.schedule(Promise.resolve());
          return proceed();
        };
        const writers = [storeThrough(through), storeThrough(through)] as const;
        const reader = storeThrough(through);
        const keys = [await insertSample(store), await insertSample(store)];
        const start = (await readOn(store)).position;
        const written: string[] = [];
        let isWriting = true;
        const write = async () => {
          await Promise.all(
            [0, 1].map(async (which) => {
              let [key] = keys.slice(which);
              for (const [first] of changes.filter(([, of]) => of === which)) {
                if (key === undefined) throw new Error("no key");
                key = changed(key);
                const event = changeOf(key, "key.updated");
                await writers[first ? 0 : 1].replace(key, key.version - 1, event);
                written.push(event.id);
              }
            }),
          );
          isWriting = false;
        };
        const met: AuditEvent[] = [];
        const read = async () => {
          for (let position = start, isLast = false; !isLast; ) {
            isLast = !isWriting;
            const page = await reader.feed(position, 2);
            met.push(...page.items);
            position = page.position ?? position;
            if (page.items.length > 0) isLast = false;
          }
        };
        await scheduler.waitFor(Promise.all([write(), read()]));
        const firsts = met.filter(({ id }, index) => index === met.findIndex((event) => event.id === id));
        expect(idsOf(firsts).sort()).toEqual([...written].sort());
        for (const { id } of keys) {
          const versions = firsts.filter(({ keyId }) => keyId === id).map(({ version }) => version);
          expect(versions).toEqual(versions.map((_, index) => index + 2));
        }
      }),
      // Each run is some two hundred requests, one after the other.
      { numRuns: Math.ceil(numRuns / 20) },
    );
  });

  it("a query that passed by what another took meanwhile shows nothing behind the gap", async () => {
    for (let count = 1; count <= 3; count += 1) await store.append([note()]);
    const whole = (await readOn(store)).met;
    let isTorn = true;
    const reader = storeThrough(async ({ command, input }, proceed) => {
      const reply = await proceed();
      if (command !== "QueryCommand" || !JSON.stringify(input).includes(">= :first") || !isTorn) return reply;
      const output = outputOf(reply) as { Items: Item[] };
      output.Items = output.Items.filter(({ sk }) => !sk?.S?.endsWith("2"));
      return reply;
    });
    const first = await reader.feed(undefined, 100);
    expect(idsOf(first.items)).toEqual(idsOf(whole.slice(0, 1)));
    isTorn = false;
    expect(idsOf((await reader.feed(first.position, 100)).items)).toEqual(idsOf(whole.slice(1)));
  });

  it("an entry whose reply was lost, and that the SDK repeated, is there once", async () => {
    const lost = new Set<unknown>();
    const losing = storeThrough(async ({ command, input }, proceed) => {
      const reply = await proceed();
      if (command !== "PutItemCommand" || lost.has(input)) return reply;
      lost.add(input);
      throw connectionLost();
    });
    const events = [note(), note()];
    for (const event of events) await losing.append([event]);
    expect(idsOf((await readOn(store)).met)).toEqual(idsOf(events));
    expect((await entries()).flatMap((entry) => entry.events)).toHaveLength(2);
  });

  it("trouble with the feed is not the change's; the event is met later, and before that of the next change", async () => {
    let isBroken = true;
    const broken = failing('"feed"', () => isBroken);
    const key = sampleKey();
    const next = changed(key);
    const created = changeOf(key, "key.created");
    const updated = changeOf(next, "key.updated");
    expect(await broken.insert(key, { maxLive: 1, nowMs: NOW_MS }, created)).toEqual({ outcome: "inserted" });
    const seen = note();
    await broken.append([seen]);
    expect(await entries()).toEqual([]);
    isBroken = false;
    expect(await broken.replace(next, 1, updated)).toEqual({ outcome: "replaced" });
    expect(idsOf((await readOn(store)).met)).toEqual(idsOf([created, updated, seen]));
  });

  it("a writer who lives copies out his own events: a reader who comes by waits for him", async () => {
    const key = await insertSample(store);
    const next = changed(key);
    let finish = (): void => {};
    const held = new Promise<void>((resolve) => {
      finish = resolve;
    });
    let arrive = (): void => {};
    const arrived = new Promise<void>((resolve) => {
      arrive = resolve;
    });
    const slow = storeThrough(async ({ command, input }, proceed) => {
      if (command === "PutItemCommand" && JSON.stringify(input).includes('"log#')) {
        arrive();
        await held;
      }
      return proceed();
    });
    const writing = replaceSample(slow, next);
    await arrived;
    const pause = async () => {
      finish();
      await writing;
    };
    const reader = storeThrough(async (_, proceed) => proceed(), { pause, random: () => 0 });
    expect((await reader.feed(undefined, 100)).items.map(({ version }) => version)).toEqual([1, 2]);
    await pause();
    expect((await entries()).flatMap(({ events }) => events)).toHaveLength(2);
  });

  it("a reader meets one event for many that were purged, and none where none is left", async () => {
    const tenant = freshTenant();
    await store.append(Array.from({ length: 7 }, () => note({ tenant })));
    const last = note({ at: NOW_MS + 1 });
    await store.append([last]);
    expect(await store.purgeEvents({ tenant, beforeAt: NOW_MS + 1, limit: 100 })).toEqual({ purged: 7, more: false });
    const { items, position } = await store.feed(undefined, 1);
    expect(items).toEqual([last]);
    expect(await store.feed(position, 1)).toEqual({ items: [], position });
  });

  it("a position of another table is an error, as long as it lies beyond the end of this one", async () => {
    expect(await store.feed(undefined, 1)).toEqual({ items: [] });
    await store.append([note()]);
    expect((await store.feed(undefined, 1)).position).toBe("1:1");
    for (const position of ["1:2", "2:1", "9007199254740993:1"]) {
      await expect(store.feed(position, 1)).rejects.toMatchObject({ code: "invalid_input", field: "position" });
    }
  });

  it("what cannot be stored is an error that names it, and nothing is written", async () => {
    for (const name of ["", "x".repeat(129), "\ud800"]) {
      await expect(store.append([note(), note({ tenant: name })])).rejects.toThrow("tenant must be");
      await expect(store.append([note(), note({ keyId: name })])).rejects.toThrow("keyId must be");
    }
    expect(await allItems(opened.client, opened.table)).toEqual([]);
  });
});
