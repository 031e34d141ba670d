import type { AuditEvent, FeedPage, NoteEvent, Store } from "@claviger/core";
import { atOnce, changed, changeOf, freshId, insertSample, NOW_MS } from "@claviger/store-conformance/samples";
import fc from "fast-check";
import pg from "pg";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { PgClient } from "../src/client/client.js";
import { postgresStore } from "../src/postgres-store.js";
import { migrate } from "../src/schema/migrate.js";
import { endPool, openPool, type TestClient } from "./clients.js";
import { CONNECTIONS } from "./connections.js";

const WRITERS = 20;
const EVENTS_EACH = 15;

function noteOf(tenant: string): NoteEvent {
  return { id: freshId(), type: "key.refused", tenant, actor: "system", at: NOW_MS, data: {} };
}

/** Reads on, until the reader is told to stop; with the events that he met, in the order in which he did. */
function reader(store: Store, pageSize: number) {
  const met: AuditEvent[] = [];
  let position: string | undefined;
  const readOn = async (): Promise<FeedPage> => {
    const page = await store.feed(position, pageSize);
    position = page.position ?? position;
    met.push(...page.items);
    return page;
  };
  return { met, readOn };
}

describe("the feed", () => {
  let opened: TestClient<pg.Pool>;
  let writers: pg.Pool;
  let store: Store;
  beforeAll(async () => {
    opened = await openPool();
    writers = new pg.Pool({ connectionString: opened.url, max: CONNECTIONS });
    await migrate(opened.client);
    store = postgresStore({ client: opened.client });
  });
  afterAll(async () => {
    await endPool(writers);
    await opened.end();
  });

  /** A store within a transaction that is ended by hand. As a plain client, since one that tells would be refused. */
  const inTransaction = async () => {
    const connection = await writers.connect();
    await connection.query("BEGIN");
    const client: PgClient = { query: (config) => connection.query(config) };
    const endBy = async (how: "COMMIT" | "ROLLBACK"): Promise<void> => {
      await connection.query(how);
      connection.release();
    };
    return { store: postgresStore({ client }), endBy };
  };
  /** Reads until these have been met: other databases' transactions on this server may hold the feed back for a while. */
  const readUntilMet = async ({ met, readOn }: ReturnType<typeof reader>, ids: ReadonlySet<string>): Promise<void> => {
    while (![...ids].every((id) => met.some((event) => event.id === id))) await readOn();
  };

  it("promise 8: misses no event that commits late, under twenty writers that commit and roll back at random", async () => {
    const committed = new Set<string>();
    const rolledBack = new Set<string>();
    const reading = reader(store, 7);
    let isWriting = true;
    const read = async (): Promise<void> => {
      while (isWriting) await reading.readOn();
    };
    // Drawn before, so that a failure can be played again.
    const [plan = []] = fc.sample(
      fc.array(fc.record({ commits: fc.boolean(), held: fc.nat(4) }), {
        minLength: WRITERS * EVENTS_EACH,
        maxLength: WRITERS * EVENTS_EACH,
      }),
      1,
    );
    const write = async (writer: number): Promise<void> => {
      for (const { commits, held } of plan.slice(writer * EVENTS_EACH, (writer + 1) * EVENTS_EACH)) {
        const event = noteOf("late");
        const transaction = await inTransaction();
        await transaction.store.append([event]);
        // Others commit meanwhile, with later numbers.
        for (let turn = 0; turn < held; turn += 1) await opened.client.query("SELECT 1");
        await transaction.endBy(commits ? "COMMIT" : "ROLLBACK");
        (commits ? committed : rolledBack).add(event.id);
      }
    };
    const reads = read();
    await atOnce(WRITERS, write);
    isWriting = false;
    await reads;
    await readUntilMet(reading, committed);
    const ids = reading.met.map(({ id }) => id);
    expect(new Set(ids)).toEqual(committed);
    expect(ids).toHaveLength(committed.size);
    expect(rolledBack.size).toBeGreaterThan(0);
  });

  it("waits for a transaction that began before, and gives its event its place before those that overtook it", async () => {
    const reading = reader(store, 100);
    const slow = await inTransaction();
    const [late, early] = [noteOf("slow"), noteOf("slow")];
    await slow.store.append([late]);
    await store.append([early]);
    await reading.readOn();
    expect(reading.met.map(({ id }) => id)).not.toContain(early.id);
    await slow.endBy("COMMIT");
    await readUntilMet(reading, new Set([late.id, early.id]));
    expect(reading.met.filter(({ tenant }) => tenant === "slow")).toEqual([late, early]);
  });

  it("gives the changes of a key in the order of their versions, and erased ones erased", async () => {
    const key = await insertSample(store);
    let last = key;
    for (let version = 2; version <= 5; version += 1) {
      const next = changed(last, { updatedAt: NOW_MS - version });
      const event = { ...changeOf(next, "key.updated"), reason: "why" };
      expect(await store.replace(next, last.version, event)).toEqual({ outcome: "replaced" });
      if (version === 3) {
        await store.eraseEvents([{ id: event.id, tenant: key.tenant, keyId: key.id, at: event.at }], NOW_MS);
      }
      last = next;
    }
    const reading = reader(store, 2);
    const of = (): AuditEvent[] => reading.met.filter(({ keyId }) => keyId === key.id);
    while (of().length < 5) await reading.readOn();
    expect(of().map(({ version }) => version)).toEqual([1, 2, 3, 4, 5]);
    expect(of().map(({ reason, erasedAt }) => reason ?? erasedAt)).toEqual([undefined, "why", NOW_MS, "why", "why"]);
  });

  it("goes on from every position that it gave, which never lies beyond what may still commit", async () => {
    const { position } = await store.feed(undefined, 100);
    const held = await inTransaction();
    await held.store.append([noteOf("held")]);
    const horizon = (await opened.client.query("SELECT pg_snapshot_xmin(pg_current_snapshot())::text AS xmin")).rows[0];
    let page = await store.feed(position, 100);
    while (page.items.length > 0) page = await store.feed(page.position, 100);
    expect(page.position).toMatch(/^\d+:\d+$/);
    expect(BigInt(page.position?.split(":")[0] ?? "")).toBeLessThanOrEqual(BigInt(horizon.xmin));
    await held.endBy("ROLLBACK");
  });

  it.each(["", "x", "1", "1:", ":1", "-1:1", "1:-1", "1.5:1", " 1:1", "01:1", "1:1:1", "\0", "18446744073709551616:1"])(
    "refuses %j, which is no position of its own",
    async (position) => {
      await expect(store.feed(position, 1)).rejects.toThrow(
        /^position must be one that the feed of this database gave.*; got /,
      );
    },
  );

  it("refuses a position that this database has not reached: it is of another one", async () => {
    await expect(store.feed("18446744073709551615:1", 1)).rejects.toThrow(/^position must be .*begin anew/);
  });
});

it("says what to do where the events were restored from a database whose transactions have higher numbers", async () => {
  const { client, end } = await openPool();
  await migrate(client);
  const store = postgresStore({ client });
  const [restored, since] = [noteOf("t"), noteOf("t")];
  await store.append([restored]);
  await client.query("UPDATE claviger.events SET committed_in = '1000000000000'");
  await store.append([since]);
  const refusal: unknown = await store.feed(undefined, 100).catch((error: unknown) => error);
  const message = refusal instanceof Error ? refusal.message : "";
  const remedy = /run (UPDATE .*), and let every reader begin anew$/.exec(message)?.[1];
  expect(remedy).toContain('"claviger"."events"');
  await client.query(remedy ?? "");
  const { met, readOn } = reader(store, 1);
  while (met.length < 2) await readOn();
  expect(met).toEqual([restored, since]);
  await end();
});
