import { setImmediate } from "node:timers/promises";
import { postgresStore } from "@claviger/postgres";
import { seededRandom } from "@claviger/testing";
import fc from "fast-check";
import { expect, it } from "vitest";
import { createKeyring } from "../../src/create-keyring.js";
import { usePostgres } from "../support/on-each-store.js";
import { carryOut } from "./crew.js";

const KEYS = 10;
const CHANGES = 1_000;

const { pool } = usePostgres(8);
const { seed = 0 } = fc.readConfigureGlobal();

const chanceOf = (random: (bytes: number) => Uint8Array) => (): number => (random(1)[0] ?? 0) / 256;

it("promise 8: after 1,000 concurrent changes of ten keys by processes killed at random there are ten chains without gap or fork, and every change that resolved is met once by who reads on from position to position", async () => {
  const keyring = createKeyring({ store: postgresStore({ client: pool() }), prefix: "acme_live", usage: false });
  const keys = await Promise.all(
    Array.from({ length: KEYS }, (_, index) => keyring.create({ owner: `owner ${index}`, name: "A key" })),
  );
  const orders = Array.from({ length: CHANGES }, (_, index) => ({
    keyId: keys[index % KEYS]?.key.id ?? "",
    reason: `change ${index}`,
  }));

  /** Of every transaction that began before the last order was answered, the number is below this one. */
  let end: string | undefined;
  const reading = readOn();
  const done = await carryOut(pool().options.connectionString ?? "", orders, chanceOf(seededRandom(seed)));
  end = await nextTransaction();
  const met = await reading;

  expect(done.size).toBe(CHANGES);
  const reasons = [...met.values()];
  expect(reasons.filter((reason) => done.has(reason)).sort()).toEqual([...done].sort());
  expect(await keyring.events.verify()).toMatchObject({ ok: true, damage: [] });
  for (const { key } of keys) {
    const versions = (await everyEvent(key.id)).flatMap(({ version }) => version ?? []).sort((a, b) => a - b);
    expect(versions).toEqual(Array.from({ length: (await keyring.get(key.id)).version }, (_, index) => index + 1));
  }

  /**
   * By id: the reason of each event met. Goes on until nothing can come any more: the transactions of who was killed go
   * on for a while without him, and hold back what was answered after they began.
   */
  async function readOn(): Promise<ReadonlyMap<string, string>> {
    const byId = new Map<string, string>();
    let position: string | undefined;
    for (;;) {
      const isOver = end !== undefined && (await haveEnded(end));
      const page = await keyring.events.after(position);
      for (const { id, type, data } of page.items) {
        // A conflict that was tried again is noted with the same reason.
        if (type.endsWith("key.updated")) byId.set(id, String(data.reason));
      }
      position = page.position;
      if (isOver && page.items.length === 0) return byId;
      await setImmediate();
    }
  }

  async function nextTransaction(): Promise<string> {
    const { rows } = await pool().query("SELECT pg_snapshot_xmax(pg_current_snapshot())::text AS next");
    return rows[0].next;
  }

  async function haveEnded(before: string): Promise<boolean> {
    const { rows } = await pool().query("SELECT pg_snapshot_xmin(pg_current_snapshot()) >= $1::xid8 AS ended", [
      before,
    ]);
    return rows[0].ended;
  }

  async function everyEvent(keyId: string): Promise<readonly { readonly version?: number }[]> {
    const all: { readonly version?: number }[] = [];
    for (let cursor: string | undefined; ; ) {
      const page = await keyring.events.list({
        keyId,
        sort: "oldest",
        pageSize: 100,
        ...(cursor !== undefined && { cursor }),
      });
      all.push(...page.items);
      if (page.nextCursor === undefined) return all;
      cursor = page.nextCursor;
    }
  }
}, 120_000);
