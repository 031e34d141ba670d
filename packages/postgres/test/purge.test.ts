import type { AuditEvent, ChangeEvent, KeyChain, KeyRecord, NoteEvent, Store } from "@claviger/core";
import {
  AMPLE,
  atOnce,
  changed,
  changeOf,
  freshId,
  freshTenant,
  NOW_MS,
  sampleKey,
  tombstoneOf,
} from "@claviger/store-conformance/samples";
import fc from "fast-check";
import type pg from "pg";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { PgClient } from "../src/client/client.js";
import { postgresStore } from "../src/postgres-store.js";
import { migrate } from "../src/schema/migrate.js";
import { openPool, type TestClient } from "./clients.js";

const SPAN_MS = 20;

interface Plan {
  /** Of each key: when each of its events was, in the order of its versions. */
  readonly keys: readonly (readonly number[])[];
  readonly notes: readonly number[];
  readonly before: number;
  readonly limit: number;
}

const time = fc.nat(SPAN_MS);
const plans: fc.Arbitrary<Plan> = fc.record({
  keys: fc.array(fc.array(time, { minLength: 1, maxLength: 6 }), { minLength: 1, maxLength: 3 }),
  notes: fc.array(time, { maxLength: 5 }),
  before: fc.nat(SPAN_MS + 1),
  limit: fc.integer({ min: 1, max: 4 }),
});

describe("purging events", () => {
  let opened: TestClient<pg.Pool>;
  const refused: unknown[] = [];
  let store: Store;
  beforeAll(async () => {
    opened = await openPool();
    await migrate(opened.client);
    const watched: PgClient = {
      query: (config) =>
        opened.client.query(config).catch((error: unknown) => {
          refused.push(error);
          throw error;
        }),
    };
    store = postgresStore({ client: watched });
  });
  afterAll(() => opened.end());

  const insert = async (tenant: string, at: number): Promise<KeyRecord> => {
    const key = sampleKey({ tenant, updatedAt: at });
    expect(await store.insert(key, AMPLE, changeOf(key, "key.created"))).toEqual({ outcome: "inserted" });
    return key;
  };
  const change = async (key: KeyRecord, at: number): Promise<KeyRecord> => {
    const next = changed(key, { updatedAt: at });
    expect(await store.replace(next, key.version, changeOf(next, "key.updated"))).toEqual({ outcome: "replaced" });
    return next;
  };
  const allEvents = async (tenant: string): Promise<readonly AuditEvent[]> => {
    const items: AuditEvent[] = [];
    let page = await store.events({ tenant, order: "oldest", limit: 100 });
    for (;;) {
      items.push(...page.items);
      if (page.next === undefined) return items;
      page = await store.events({ tenant, order: "oldest", limit: 100, after: page.next });
    }
  };
  const purgeAll = async (tenant: string, beforeAt: number, limit: number): Promise<number> => {
    for (let purged = 0; ; ) {
      const result = await store.purgeEvents({ tenant, beforeAt, limit });
      expect(result.purged).toBeLessThanOrEqual(limit);
      purged += result.purged;
      if (!result.more) return purged;
      expect(result.purged).toBeGreaterThan(0);
    }
  };
  /** What an anchor stands for is gone, and nothing else of the chain is missing. */
  const checkChain = ({ keyId, version, anchor }: KeyChain, events: readonly AuditEvent[]): void => {
    const left = events.filter((event) => event.keyId === keyId).map((event) => event.version ?? 0);
    const first = (anchor?.version ?? 0) + 1;
    expect(left.sort((a, b) => a - b)).toEqual(
      Array.from({ length: version - first + 1 }, (_, index) => first + index),
    );
  };

  /** Makes what the plan says. @returns of each key, how many of its events are to go */
  const make = async (tenant: string, { keys, notes, before }: Plan): Promise<ReadonlyMap<string, number>> => {
    const goes = new Map<string, number>();
    for (const [first = 0, ...later] of keys) {
      let key = await insert(tenant, NOW_MS + first);
      for (const at of later) key = await change(key, NOW_MS + at);
      const stays = [first, ...later].findIndex((at) => at >= before);
      goes.set(key.id, stays < 0 ? 1 + later.length : stays);
    }
    await store.append(notes.map((at) => noteAt(tenant, NOW_MS + at)));
    return goes;
  };

  it("takes of each chain what lies before its first event that stays, in the order of versions, whatever the clocks said", async () => {
    await fc.assert(
      fc.asyncProperty(plans, async (plan) => {
        const tenant = freshTenant();
        const beforeAt = NOW_MS + plan.before;
        const goes = await make(tenant, plan);
        const events = await allEvents(tenant);

        const purged = await purgeAll(tenant, beforeAt, plan.limit);
        const oldNotes = plan.notes.filter((at) => at < plan.before).length;
        expect(purged).toBe([...goes.values()].reduce((sum, its) => sum + its, oldNotes));
        const left = await allEvents(tenant);
        expect(left).toHaveLength(events.length - purged);
        expect(left.filter(({ chain, at }) => chain === undefined && at < beforeAt)).toEqual([]);
        const { items: chains } = await store.chains({ tenant, limit: 100 });
        expect(chains).toHaveLength(goes.size);
        for (const chain of chains) {
          const version = goes.get(chain.keyId);
          const last = events.find((event) => event.keyId === chain.keyId && event.version === version);
          expect(chain.anchor).toEqual(last?.chain === undefined ? null : { version, hash: last.chain.hash });
          checkChain(chain, left);
        }
      }),
      { numRuns: 15 },
    );
    expect(refused).toEqual([]);
  });

  it("events that clocks keep from going never keep the others, and one that is gone anchors a deleted key, too", async () => {
    const tenant = freshTenant();
    // The first of each has a time of later: its successors, however old, stay.
    for (let count = 0; count < 5; count += 1) await change(await insert(tenant, NOW_MS + SPAN_MS), NOW_MS);
    const key = await change(await insert(tenant, NOW_MS + 1), NOW_MS + 2);
    const gone = { ...tombstoneOf(key), updatedAt: NOW_MS + SPAN_MS };
    const deleted = changeOf(gone, "key.deleted");
    expect(await store.replace(gone, key.version, deleted)).toEqual({ outcome: "replaced" });
    expect(await purgeAll(tenant, NOW_MS + SPAN_MS, 2)).toBe(2);
    expect((await store.chains({ tenant, keyId: key.id, limit: 1 })).items).toEqual([
      { keyId: key.id, version: 3, head: gone.head, anchor: { version: 2, hash: key.head } },
    ]);
    expect((await store.events({ tenant, keyId: key.id, order: "oldest", limit: 9 })).items).toEqual([deleted]);
    expect(await purgeAll(tenant, NOW_MS + SPAN_MS, 2)).toBe(0);
  });

  it("promise 8: at once with others, with changes and with erasures leaves whole chains behind their anchors, and nobody in a circle", async () => {
    const tenant = freshTenant();
    const keys = await atOnce(6, (index) => insert(tenant, NOW_MS + index));
    const written: ChangeEvent[] = [];
    const writeAll = keys.map(async (first) => {
      let key = first;
      for (let turn = 1; turn <= 12; turn += 1) {
        const next = changed(key, { updatedAt: NOW_MS + turn });
        const event = changeOf(next, "key.updated");
        expect(await store.replace(next, key.version, event)).toEqual({ outcome: "replaced" });
        written.push(event);
        key = next;
      }
    });
    const purgeSome = atOnce(6, async (purger) => {
      for (let turn = 0; turn < 12; turn += 1) {
        await store.purgeEvents({ tenant, beforeAt: NOW_MS + turn, limit: 2 + 7 * purger });
      }
    });
    const eraseSome = atOnce(3, async () => {
      for (let turn = 0; turn < 8; turn += 1) {
        // Against the order in which they were written, and each by several.
        const refs = written.slice(-20).reverse();
        await store.eraseEvents(refs, NOW_MS);
      }
    });
    await Promise.all([...writeAll, purgeSome, eraseSome]);
    expect(refused).toEqual([]);
    const left = await allEvents(tenant);
    const { items: chains } = await store.chains({ tenant, limit: 100 });
    expect(chains).toHaveLength(keys.length);
    for (const chain of chains) {
      checkChain(chain, left);
      expect(chain.version).toBe(13);
      const last = written.find(({ keyId, version }) => keyId === chain.keyId && version === chain.anchor?.version);
      if (chain.anchor !== null && chain.anchor.version > 1) expect(chain.anchor.hash).toBe(last?.chain.hash);
    }
  });
});

function noteAt(tenant: string, at: number): NoteEvent {
  return { id: freshId(), type: "key.refused", tenant, actor: "system", at, data: {} };
}
