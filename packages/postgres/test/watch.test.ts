import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { type KeyRecord, MAX_OWNER_LENGTH, MAX_TENANT_LENGTH, type Signal, type Store } from "@claviger/core";
import {
  AMPLE,
  changed,
  changeOf,
  freshId,
  insertSample,
  sampleKey,
  tombstoneOf,
} from "@claviger/store-conformance/samples";
import pg from "pg";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { PgClient } from "../src/client/client.js";
import { postgresStore } from "../src/postgres-store.js";
import { migrate } from "../src/schema/migrate.js";
import { tablesOf } from "../src/schema/tables.js";
import { channelOf } from "../src/signal/channel.js";
import { HEARING_TIMING, type HearingTiming } from "../src/signal/hearing.js";
import type { ListenConnection } from "../src/signal/listen-connection.js";
import { endPool, openPool, type TestClient } from "./clients.js";
import { earOn } from "./ear.js";
import { openPooledPool } from "./pooled-clients.js";
import { resumption, settingsEvent, settingsOf, suspension } from "./samples.js";

const CHANNEL = channelOf(tablesOf({}));

/** As in life, but for the waiting. */
const SOON: HearingTiming = { ...HEARING_TIMING, proofIntervalMs: 20, firstPauseMs: 1, longestPauseMs: 20 };
const IMPATIENT: HearingTiming = { ...SOON, proofTimeoutMs: 250 };

describe("watch", () => {
  let opened: TestClient<pg.Pool>;
  let listening: pg.Pool;
  let writer: Store;
  beforeAll(async () => {
    opened = await openPool();
    listening = new pg.Pool({ connectionString: opened.url });
    await migrate(opened.client);
    writer = postgresStore({ client: opened.client });
  });
  afterAll(async () => {
    await endPool(listening);
    await opened.end();
  });

  const openStore = (hearingTiming: HearingTiming, listen: () => Promise<ListenConnection>): Store =>
    postgresStore({ client: opened.client, listen }, { hearingTiming });
  /** Somebody who watches a store of his own, and hears by now. */
  const openEar = async (timing = HEARING_TIMING, listen = (): Promise<ListenConnection> => listening.connect()) => {
    const store = openStore(timing, listen);
    const ear = earOn(store);
    await ear.until("hearing");
    return { ...ear, close: () => store.close() };
  };
  const notify = (payload: string) => opened.client.query("SELECT pg_notify($1, $2)", [CHANNEL, payload]);
  const revoke = async (key: KeyRecord): Promise<void> => {
    const revoked = changed(key, { state: "revoked" });
    expect(await writer.replace(revoked, key.version, changeOf(revoked, "key.revoked"))).toEqual({
      outcome: "replaced",
    });
  };
  /** All that is heard of an act. */
  const heardOf = async (act: () => Promise<unknown>): Promise<readonly Signal[]> => {
    const ear = await openEar();
    await act();
    const last = { kind: "tenant", tenant: freshId() } as const;
    // What commits later is heard later.
    await notify(JSON.stringify(last));
    await ear.until("tenant", last.tenant);
    const heard = ear.heard.slice(1, -1);
    await ear.close();
    return heard;
  };

  it("promise 1: tells two others what one store changed of keys, settings and owners", async () => {
    const ears = [await openEar(), await openEar()];
    const key = await insertSample(writer);
    const { tenant, owner } = key;
    await revoke(key);
    const settings = settingsOf(tenant);
    await writer.settings.replace(settings, 0, settingsEvent(settings));
    await writer.owners.suspend(suspension(key));
    for (const ear of ears) {
      await ear.until("owner");
      const told = [
        { kind: "key", keyId: key.id },
        { kind: "tenant", tenant },
        { kind: "owner", tenant, owner },
      ];
      expect(ear.heard).toEqual([{ kind: "hearing" }, ...told]);
      await ear.close();
    }
    expect(await heardOf(() => writer.owners.resume(resumption(key)))).toEqual([{ kind: "owner", tenant, owner }]);
    const gone = tombstoneOf(changed(key));
    const remove = () => writer.replace(gone, gone.version - 1, changeOf(gone, "key.deleted"));
    expect(await heardOf(remove)).toEqual([{ kind: "key", keyId: key.id }]);
  });

  it("tells nothing of what was not written, or what only adds, counts or reads", async () => {
    const key = await insertSample(writer);
    const settings = settingsOf(key.tenant);
    const event = settingsEvent(settings);
    await writer.settings.replace(settings, 0, event);
    const updated = changed(key);
    const change = changeOf(updated, "key.updated");
    await writer.replace(updated, 1, change);
    const acts = async (): Promise<void> => {
      const other = sampleKey();
      await writer.insert(other, AMPLE, changeOf(other, "key.created"));
      expect(await writer.replace(updated, 1, change)).toEqual({ outcome: "replaced" });
      expect(await writer.replace(updated, 1, changeOf(updated, "key.updated"))).toMatchObject({ outcome: "conflict" });
      expect(await writer.settings.replace(settings, 0, event)).toEqual({ outcome: "replaced" });
      expect(await writer.settings.replace(settings, 0, settingsEvent(settings))).toMatchObject({
        outcome: "conflict",
      });
      expect(await writer.owners.resume(resumption(key))).toEqual({ outcome: "unchanged" });
      await writer.append([{ ...change, id: freshId(), type: "corrupt_key" }]);
      const [counts, sightings] = [[], []];
      await writer.recordUsage([{ tenant: key.tenant, keyId: key.id, lastUsedAt: 1, counts, sightings }]);
      await writer.find([key.id]);
      await writer.purgeEvents({ tenant: key.tenant, beforeAt: 0, limit: 1 });
    };
    expect(await heardOf(acts)).toEqual([]);
  });

  it("tells of the longest names", async () => {
    for (const character of ["\u0001", '"', "€"]) {
      const [tenant, owner] = [character.repeat(MAX_TENANT_LENGTH), character.repeat(MAX_OWNER_LENGTH)];
      const key = sampleKey({ tenant, owner });
      expect(await heardOf(() => writer.owners.suspend(suspension(key)))).toEqual([{ kind: "owner", tenant, owner }]);
    }
  });

  it("tells nothing of other tables in the same database", async () => {
    const elsewhere = { client: opened.client, schema: "s".repeat(48), tablePrefix: "p".repeat(48) };
    await migrate(elsewhere.client, { schema: elsewhere.schema, tablePrefix: elsewhere.tablePrefix });
    const store = postgresStore(elsewhere);
    const key = await insertSample(store);
    const next = changed(key);
    expect(await heardOf(() => store.replace(next, 1, changeOf(next, "key.updated")))).toEqual([]);
  });

  it("passes over whatever else comes by the channel", async () => {
    const garbage = ["", "x", "{", "null", "[]", "7", "{}", '{"kind":"lost"}', '{"kind":"hearing"}', '{"kind":"key"}']
      .concat(['{"kind":"key","keyId":7}', '{"kind":"owner","tenant":"t"}', '{"kind":"nonce","nonce":"another\'s"}'])
      .concat(['{"kind":"nonce"}', '{"kind":"of a later release","keyId":"x"}', `"${"x".repeat(7_900)}"`]);
    const say = async (): Promise<void> => {
      for (const payload of garbage) await notify(payload);
    };
    expect(await heardOf(say)).toEqual([]);
  });

  it("says lost when the connection is cut, and hearing when it hears again, and then tells of changes as before", async () => {
    const ear = await openEar(SOON);
    await opened.client.query(
      "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND query LIKE 'LISTEN%'",
    );
    await ear.until("lost");
    await ear.until("hearing", 2);
    const key = await insertSample(writer);
    await revoke(key);
    await ear.until("key");
    expect(ear.heard.map(({ kind }) => kind)).toEqual(["hearing", "lost", "hearing", "key"]);
    await ear.close();
  });

  it("says lost when the connection hears nothing any more, though it is open", async () => {
    let connection: pg.PoolClient | undefined;
    const ear = await openEar(IMPATIENT, async () => {
      connection = await listening.connect();
      return connection;
    });
    await connection?.query("UNLISTEN *");
    await ear.until("lost");
    await ear.until("hearing", 2);
    await ear.close();
  });

  it("behind a transaction pooler says lost, and never hearing, though LISTEN succeeds each time", async () => {
    const pooled = await openPooledPool();
    await migrate(pooled.client);
    const attempts: string[] = [];
    let wake = (): void => {};
    const listen = async (): Promise<ListenConnection> => {
      attempts.push("opened");
      wake();
      return pooled.client.connect();
    };
    const store = postgresStore({ client: pooled.client, listen }, { hearingTiming: IMPATIENT });
    const ear = earOn(store);
    while (attempts.length < 4) {
      await new Promise<void>((resolve) => {
        wake = resolve;
      });
    }
    const cause =
      "what the store notified did not come by the connection within 250 ms; a transaction pooler passes nothing on";
    expect(ear.heard).toEqual([{ kind: "lost", cause }]);
    await store.close();
    await pooled.end();
  });

  it("hears past the pooler what is changed through it", async () => {
    const pooled = await openPooledPool();
    await migrate(pooled.client);
    const { rows } = await pooled.client.query("SELECT current_database() AS name");
    const url = new URL(opened.url);
    url.pathname = rows[0]?.name;
    const direct = new pg.Pool({ connectionString: url.href });
    const store = postgresStore({ client: pooled.client, listen: () => direct.connect() });
    const ear = earOn(store);
    await ear.until("hearing");
    const key = await insertSample(store);
    const next = changed(key);
    await store.replace(next, 1, changeOf(next, "key.updated"));
    await ear.until("key");
    await store.close();
    await endPool(direct);
    await pooled.end();
  });

  it("has one connection for all who watch, and none when the last has stopped; who comes late is told that it hears", async () => {
    const store = openStore(HEARING_TIMING, () => listening.connect());
    const first = earOn(store);
    await first.until("hearing");
    const second = earOn(store);
    await second.until("hearing");
    expect(listening.totalCount).toBe(1);
    await first.stop();
    await first.stop();
    await revoke(await insertSample(writer));
    await second.until("key");
    expect(first.heard).toEqual([{ kind: "hearing" }]);
    const removed = new Promise<void>((resolve) => listening.once("remove", () => resolve()));
    await second.stop();
    await removed;
    expect(listening.totalCount).toBe(0);
    const third = earOn(store);
    await third.until("hearing");
    await store.close();
  });

  it("goes on when a listener throws, and tells the others", async () => {
    const store = openStore(SOON, () => listening.connect());
    store.watch?.(() => {
      throw new Error("of a listener");
    });
    const ear = earOn(store);
    await ear.until("hearing");
    await revoke(await insertSample(writer));
    await ear.until("key");
    expect(ear.heard.map(({ kind }) => kind)).toEqual(["hearing", "key"]);
    await store.close();
  });

  it("close ends the connection, also one that is only being opened, tells who is still there, and says nothing any more; twice is as once", async () => {
    const store = openStore(HEARING_TIMING, () => listening.connect());
    const ear = earOn(store);
    const gone = earOn(store);
    await gone.stop();
    await store.close();
    await store.close();
    const late = earOn(store);
    await endPool(listening);
    expect(ear.heard).toEqual([{ kind: "lost", cause: "the store was closed" }]);
    expect([...gone.heard, ...late.heard]).toEqual([]);
    listening = new pg.Pool({ connectionString: opened.url });
  });

  it("keeps no process alive", async () => {
    const script = fileURLToPath(new URL("./watching-process.ts", import.meta.url));
    const args = ["--import", "tsx", "-C", "source", script, opened.url];
    const { stdout } = await promisify(execFile)(process.execPath, args);
    expect(stdout).toBe("hearing");
  });

  it("says lost when the store's own client is in trouble, since then it cannot tell whether it hears", async () => {
    const failing: PgClient = {
      query: (config) =>
        config.text.includes("pg_notify") ? Promise.reject(new Error("of the database")) : opened.client.query(config),
    };
    const listen = (): Promise<ListenConnection> => listening.connect();
    const store = postgresStore({ client: failing, listen }, { hearingTiming: IMPATIENT });
    const ear = earOn(store);
    await ear.until("lost");
    const cause = "the store's client could not notify: PostgreSQL: of the database";
    expect(ear.heard).toEqual([{ kind: "lost", cause }]);
    await store.close();
  });

  it("says lost, and what is amiss, of a bare Client, and leaves none of those behind that it was given", async () => {
    const clients: pg.Client[] = [];
    const listen = async (): Promise<ListenConnection> => {
      const bare = new pg.Client({ connectionString: opened.url });
      await bare.connect();
      clients.push(bare);
      return bare as never;
    };
    const store = openStore(SOON, listen);
    const ear = earOn(store);
    await ear.until("lost");
    expect(ear.heard[0]).toMatchObject({ cause: expect.stringMatching(/^listen must give .* without release$/) });
    await store.close();
    for (const client of clients) await expect(client.query("SELECT 1")).rejects.toThrow("closed");
  });

  it("says lost when listen hangs, and hears by the next one", async () => {
    let attempts = 0;
    const store = openStore(IMPATIENT, () => {
      attempts += 1;
      return attempts === 1 ? new Promise(() => {}) : listening.connect();
    });
    const ear = earOn(store);
    await ear.until("hearing");
    expect(ear.heard.map(({ kind }) => kind)).toEqual(["lost", "hearing"]);
    await store.close();
  });
});
