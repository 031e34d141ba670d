import type { Charge, ChargeRequest } from "@claviger/core";
import { freshId, NOW_MS } from "@claviger/store-conformance/samples";
import type pg from "pg";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { PgClient } from "../src/client/client.js";
import { postgresStore } from "../src/postgres-store.js";
import { migrate } from "../src/schema/migrate.js";
import { openPool, type TestClient } from "./clients.js";

describe("what a charge asks and writes", () => {
  let opened: TestClient<pg.Pool>;
  let asked = 0;
  beforeAll(async () => {
    opened = await openPool();
    await migrate(opened.client);
  });
  afterAll(() => opened.end());

  const counted: PgClient = {
    query: (config) => {
      asked += 1;
      return opened.client.query(config);
    },
  };
  const consume = async (requests: readonly ChargeRequest[]) => {
    asked = 0;
    const results = await postgresStore({ client: counted }).consume(requests, NOW_MS);
    return { results, statements: asked };
  };
  const credits = (ceiling: number): Charge => ({ form: "window", meter: "m", windowAt: 0, add: 1, ceiling });
  const requestOf = (ceiling = 9): ChargeRequest => ({
    tenant: "t",
    keyId: freshId(),
    charges: [credits(ceiling)],
    units: 1,
  });
  const rowsOf = async (requests: readonly ChargeRequest[]) =>
    (
      await opened.client.query("SELECT key_id, meters, xmin::text FROM claviger.meters WHERE key_id = ANY ($1)", [
        requests.map(({ keyId }) => keyId),
      ])
    ).rows;

  it("the first charges of keys take two statements, or one alone; all later ones together one", async () => {
    const requests = Array.from({ length: 5 }, () => requestOf());
    for (const [some, statements] of [
      [requests.slice(0, 1), 1],
      [requests.slice(1), 2],
    ] as const)
      expect(await consume(some)).toMatchObject({ statements, results: some.map(() => ({ admitted: 1 })) });
    for (const some of [requests.slice(0, 1), requests])
      expect(await consume(some)).toMatchObject({ statements: 1, results: some.map(() => ({ admitted: 1 })) });
  });

  it("a key has no row before something of it is spent: neither a look nor a refusal makes one", async () => {
    const refused = [requestOf(0), requestOf(0)];
    const looks = [requestOf(), requestOf()].map((request) => ({ ...request, units: 0 }));
    for (const some of [refused, refused.slice(1), looks, looks.slice(1)])
      expect((await consume(some)).results).toMatchObject(some.map(() => ({ admitted: 0, meters: [null] })));
    expect(await rowsOf([...refused, ...looks])).toEqual([]);
  });

  it("a look waits for nobody who holds the row", async () => {
    const request = requestOf();
    await consume([request]);
    const holder = await opened.client.connect();
    await holder.query("BEGIN");
    await holder.query("SELECT FROM claviger.meters WHERE key_id = $1 FOR UPDATE", [request.keyId]);
    const { results, statements } = await consume([{ ...request, units: 0 }]);
    await holder.query("ROLLBACK");
    holder.release();
    expect(statements).toBe(1);
    expect(results).toMatchObject([{ admitted: 0, meters: [{ used: 1 }] }]);
  });

  it("of several keys in one statement only those are written that admit something", async () => {
    const [open, full] = [requestOf(), requestOf(1)];
    await consume([open, full]);
    const before = await rowsOf([full]);
    expect((await consume([full, open])).results).toMatchObject([{ admitted: 0 }, { admitted: 1 }]);
    expect(await rowsOf([full])).toEqual(before);
  });

  it("keys that share limits, and one that comes several times, take one statement once their rows are there", async () => {
    const shared = { owner: "anna", ofOwner: [credits(20)], ofTenant: [credits(20)] };
    const [one, other] = [requestOf(), { ...requestOf(), shared }];
    const requests = [one, other, one, { ...other, keyId: freshId() }];
    expect(await consume(requests)).toMatchObject({ statements: 3, results: requests.map(() => ({ admitted: 1 })) });
    expect(await consume(requests)).toMatchObject({ statements: 1, results: requests.map(() => ({ admitted: 1 })) });
  });

  it("more requests than one statement takes are charged one after the other all the same", async () => {
    const request = requestOf(150);
    const { results } = await consume(Array.from({ length: 250 }, () => request));
    expect(results.map(({ admitted }) => admitted)).toEqual(Array.from({ length: 250 }, (_, index) => +(index < 150)));
  });
});
