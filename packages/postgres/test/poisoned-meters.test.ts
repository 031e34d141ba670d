import type { ChargeRequest } from "@claviger/core";
import { freshId, NOW_MS } from "@claviger/store-conformance/samples";
import type pg from "pg";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { postgresStore } from "../src/postgres-store.js";
import { migrate } from "../src/schema/migrate.js";
import { openPool, type TestClient } from "./clients.js";
import { partialFaultOf } from "./partial-fault-of.js";

describe("a row of meters that was damaged", () => {
  let opened: TestClient<pg.Pool>;
  beforeAll(async () => {
    opened = await openPool();
    await migrate(opened.client);
  });
  afterAll(() => opened.end());

  const requestOf = (keyId: string = freshId()): ChargeRequest => ({
    tenant: "t",
    keyId,
    charges: [{ form: "window", meter: "m", windowAt: 0, add: 1, ceiling: 9 }],
    units: 1,
  });

  async function damaged(meters: string): Promise<ChargeRequest> {
    const request = requestOf();
    await opened.client.query("INSERT INTO claviger.meters VALUES ($1, 't', $2)", [request.keyId, meters]);
    return request;
  }

  it.each([['{"m": [0, "much"]}'], ['{"m": [1e30, 1]}'], ['{"m": [0.5, 1]}']])(
    "fails whoever charges it, and none of its neighbours, who are charged once: %s",
    async (meters) => {
      const store = postgresStore({ client: opened.client });
      const sound = Array.from({ length: 7 }, () => requestOf());
      const [hurt, alsoHurt] = [await damaged(meters), await damaged(meters)];
      const requests = [...sound.slice(0, 3), hurt, ...sound.slice(3), alsoHurt];
      const { answers, cause } = await partialFaultOf(store.consume(requests, NOW_MS));
      expect(answers.map((answer) => answer?.admitted)).toEqual([1, 1, 1, undefined, 1, 1, 1, 1, undefined]);
      expect(cause).toMatchObject({ code: expect.stringMatching(/^22/) });
      const told = await store.consume(
        sound.map((request) => ({ ...request, units: 0 })),
        NOW_MS,
      );
      expect(told.map((result) => result.meters)).toEqual(sound.map(() => [{ form: "window", windowAt: 0, used: 1 }]));
      await expect(store.consume([hurt], NOW_MS)).rejects.toMatchObject({ code: cause.code });
    },
  );

  it("nor does one of a key that comes twice, or of an owner, spoil what goes with it", async () => {
    const store = postgresStore({ client: opened.client });
    const hurt = await damaged('{"m": [0, "much"]}');
    const sound = requestOf();
    const shared = { owner: "anna", ofOwner: sound.charges, ofTenant: [] };
    const requests = [sound, hurt, { ...sound, shared }, hurt, requestOf()];
    const { answers } = await partialFaultOf(store.consume(requests, NOW_MS));
    expect(answers.map((answer) => answer?.admitted)).toEqual([1, undefined, 1, undefined, 1]);
  });

  it.each(['{"full": [0, 9], "m": 1}', '{"full": [0, 9], "m": [0, true]}', '{"full": [0, 9], "m": [0, 1.5]}'])(
    "is named to who is refused by another meter of it, and told nothing: %s",
    async (meters) => {
      const store = postgresStore({ client: opened.client });
      const hurt = await damaged(meters);
      const charges = hurt.charges.flatMap((charge) => [{ ...charge, meter: "full" }, charge]);
      await expect(store.consume([{ ...hurt, charges }], NOW_MS)).rejects.toThrow(
        "meter m is not stored as a time and an amount",
      );
    },
  );

  it("a refund of it leaves the others refunded, once", async () => {
    const store = postgresStore({ client: opened.client });
    const hurt = await damaged('{"m": [0, "much"]}');
    const sound = requestOf();
    await store.consume([{ ...sound, units: 5 }], NOW_MS);
    const refunds = [{ form: "window", meter: "m", windowAt: 0, sub: 1 }] as const;
    const both = [hurt, sound].map(({ tenant, keyId }) => ({ tenant, keyId, refunds }));
    await expect(store.refund(both)).rejects.toMatchObject({ name: "PartialFault" });
    const [result] = await store.consume([{ ...sound, units: 0 }], NOW_MS);
    expect(result?.meters).toEqual([{ form: "window", windowAt: 0, used: 4 }]);
  });

  it("what fails for all is asked once, and told as it is", async () => {
    let asked = 0;
    const store = postgresStore({
      client: {
        query: () => {
          asked += 1;
          return Promise.reject(Object.assign(new Error("gone"), { code: "57P01" }));
        },
      },
    });
    await expect(store.consume([requestOf(), requestOf()], NOW_MS)).rejects.toMatchObject({ code: "57P01" });
    expect(asked).toBe(1);
  });
});
