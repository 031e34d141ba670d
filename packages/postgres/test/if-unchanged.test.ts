import type { ChargeResult, FoundCharge, Store } from "@claviger/core";
import { AMPLE, changeOf, NOW_MS, sampleKey } from "@claviger/store-conformance/samples";
import fc from "fast-check";
import type pg from "pg";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { postgresStore } from "../src/postgres-store.js";
import { migrate } from "../src/schema/migrate.js";
import { openPool, type TestClient } from "./clients.js";
import { partialFaultOf } from "./partial-fault-of.js";
import { useOf } from "./samples.js";

const TOUCH = "UPDATE claviger.keys SET name = name WHERE id = $1";
const CHARGES = [{ form: "window", meter: "m", windowAt: 0, add: 1, ceiling: 1_000_000 }] as const;

describe("a charge of a key as it was found", () => {
  let opened: TestClient<pg.Pool>;
  let store: Store;
  beforeAll(async () => {
    opened = await openPool();
    await migrate(opened.client);
    store = postgresStore({ client: opened.client });
  });
  afterAll(() => opened.end());

  async function query(text: string, values: readonly string[] = []): Promise<void> {
    await opened.client.query(text, [...values]);
  }

  /** A key that was spent on, as it was found. */
  async function found(name = "A key"): Promise<FoundCharge> {
    const key = sampleKey({ name, limits: [{ name: "all", kind: "credits", limit: 9 }] });
    await store.insert(key, AMPLE, changeOf(key, "key.created"));
    const request = { tenant: key.tenant, keyId: key.id, charges: CHARGES, units: 1 };
    await store.consume([request], NOW_MS);
    const [asFound] = await store.find([key.id]);
    if (asFound === undefined || asFound.state === "destroyed") throw new Error("the key is there");
    return { ...request, asFound };
  }

  async function charge(...requests: readonly FoundCharge[]): Promise<readonly (ChargeResult | null)[]> {
    if (store.consume.ifUnchanged === undefined) throw new Error("PostgreSQL has ifUnchanged");
    return store.consume.ifUnchanged(requests, NOW_MS);
  }

  async function isCharged(request: FoundCharge): Promise<boolean> {
    const [result] = await charge(request);
    return result !== null;
  }

  /** Sent together, they are one transaction, or what they say of one. */
  const byHand: Readonly<Record<string, (id: string) => Promise<void>>> = {
    "a change of nothing": (id) => query(TOUCH, [id]),
    "a change of one column": (id) => query("UPDATE claviger.keys SET state = 'revoked' WHERE id = $1", [id]),
    "two changes in one transaction": (id) =>
      query(`BEGIN; ${TOUCH.replace("$1", `'${id}'`)}; ${TOUCH.replace("$1", `'${id}'`)}; COMMIT`),
    "a row that is put back": (id) =>
      query(`CREATE TEMP TABLE back AS SELECT * FROM claviger.keys WHERE id = '${id}';
        DELETE FROM claviger.keys WHERE id = '${id}'; INSERT INTO claviger.keys SELECT * FROM back; DROP TABLE back`),
    "a recorded use": async (id) => {
      const [key] = await store.find([id]);
      if (key === undefined || key.state === "destroyed") throw new Error("the key is there");
      await store.recordUsage([useOf(key, (key.lastUsedAt ?? NOW_MS) + 1)]);
    },
  };
  const harmless: Readonly<Record<string, (id: string) => Promise<void>>> = {
    "a vacuum": () => query("VACUUM claviger.keys"),
    "a vacuum that freezes": () => query("VACUUM (FREEZE) claviger.keys"),
    "a change that is rolled back": (id) => query(`BEGIN; ${TOUCH.replace("$1", `'${id}'`)}; ROLLBACK`),
    "a lock": (id) => query(`SELECT FROM claviger.keys WHERE id = '${id}' FOR UPDATE`),
  };
  const actsOf = (acts: typeof byHand): fc.Arbitrary<keyof typeof acts> => fc.constantFrom(...Object.keys(acts));

  it("promise 2: is made of no row that anybody has written since, whatever of the old one is cleared away", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.oneof(actsOf(byHand), actsOf(harmless)), { maxLength: 6 }),
        actsOf(byHand),
        async (acts, write) => {
          const request = await found();
          for (const act of [...acts, write, "a vacuum"]) await { ...byHand, ...harmless }[act]?.(request.keyId);
          expect(await isCharged(request)).toBe(false);
        },
      ),
      { numRuns: 30 },
    );
  });

  it("is made of a row that nobody has written since, whatever else was done to it", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(actsOf(harmless), { maxLength: 5 }), async (acts) => {
        const request = await found();
        for (const act of acts) {
          await harmless[act]?.(request.keyId);
          expect(await isCharged(request)).toBe(true);
        }
      }),
      { numRuns: 20 },
    );
  });

  it("is not made of a change that is not committed, and waits for none", async () => {
    const request = await found();
    const writer = await opened.client.connect();
    try {
      await writer.query("BEGIN");
      await writer.query(TOUCH, [request.keyId]);
      expect(await isCharged(request)).toBe(true);
      await writer.query("COMMIT");
      expect(await isCharged(request)).toBe(false);
    } finally {
      writer.release();
    }
  });

  it("knows only the records that its own find gave", async () => {
    const request = await found();
    const [another] = await postgresStore({ client: opened.client }).find([request.keyId]);
    if (another === undefined || another.state === "destroyed") throw new Error("the key is there");
    expect(await isCharged({ ...request, asFound: another })).toBe(false);
    expect(await isCharged({ ...request, asFound: { ...request.asFound } })).toBe(false);
    expect(await isCharged(request)).toBe(true);
  });

  it("is not made of a key whose row a text does not tell; and is made as often as a call names the key", async () => {
    expect(await isCharged(await found("A name \u001f with a separator"))).toBe(false);
    const request = await found();
    expect((await charge(request, request)).map((result) => result?.admitted)).toEqual([1, 1]);
    const [refused] = await charge({ ...request, charges: [{ ...CHARGES[0], ceiling: 3 }] });
    expect(refused).toMatchObject({ admitted: 0, meters: [{ used: 3 }] });
  });

  it("promise 2: is not made where the server has given place and transaction away once more, after it lost a commit", async () => {
    const { asFound, ...request } = await found();
    const lost = { ...asFound, head: "f".repeat(64) };
    const reading = postgresStore({
      client: {
        query: async (config: pg.QueryConfig) => {
          const result = await opened.client.query(config);
          // As if what was read had been written by a change that is not there any more.
          const rows = result.rows.map((row) =>
            Object.fromEntries(
              Object.entries(row).map(([name, text]) => [name, String(text).replace(asFound.head ?? "", lost.head)]),
            ),
          );
          return { ...result, rows };
        },
      },
    });
    const [before] = await reading.find([request.keyId]);
    expect(before).toEqual(lost);
    if (before === undefined || before.state === "destroyed") throw new Error("the key is there");
    expect(await reading.consume.ifUnchanged?.([{ ...request, asFound: before }], NOW_MS)).toEqual([null]);
  });

  it("of a damaged row of meters fails whoever charges it, and none of its neighbours", async () => {
    const requests = [await found(), await found(), await found()];
    await query(`UPDATE claviger.meters SET meters = '{"m": [0, "much"]}' WHERE key_id = $1`, [
      requests[1]?.keyId ?? "",
    ]);
    const changed = await found();
    await query(TOUCH, [changed.keyId]);
    const { answers, cause } = await partialFaultOf(charge(...requests, changed));
    expect(answers.map((answer) => (answer === null ? null : answer?.admitted))).toEqual([1, undefined, 1, null]);
    expect(cause).toMatchObject({ code: expect.stringMatching(/^22/) });
  });

  it("looks for the key where it was read, by no index", async () => {
    const request = await found();
    const asked: pg.QueryConfig[] = [];
    const watched = postgresStore({
      client: {
        query: (config: pg.QueryConfig) => {
          asked.push(config);
          return opened.client.query(config);
        },
      },
    });
    const [asFound] = await watched.find([request.keyId]);
    if (asFound === undefined || asFound.state === "destroyed") throw new Error("the key is there");
    // Of a table as small as this one all of it is read otherwise.
    for (const charges of [CHARGES, [...CHARGES, { ...CHARGES[0], meter: "n" }]]) {
      await watched.consume.ifUnchanged?.([{ ...request, charges, asFound }], NOW_MS);
      const client = await opened.client.connect();
      try {
        const { text = "", values = [] } = asked.at(-1) ?? {};
        const literals = values.map((value) => (value === null ? "NULL" : client.escapeLiteral(String(value))));
        await client.query(
          `SET plan_cache_mode = force_generic_plan; SET enable_seqscan = off; PREPARE asked AS ${text}`,
        );
        const { rows } = await client.query(`EXPLAIN EXECUTE asked (${literals.join(", ")})`);
        expect(rows.map((row) => row["QUERY PLAN"]).join("\n")).toMatch(/Tid Scan on keys/);
        await client.query("DEALLOCATE asked; RESET ALL");
      } finally {
        client.release();
      }
    }
  });
});
