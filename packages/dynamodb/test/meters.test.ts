import type { DynamoDBClientConfig } from "@aws-sdk/client-dynamodb";
import { type ChargeRequest, type Meter, PartialFault, type Refund, type Store } from "@claviger/core";
import { freshId, NOW_MS } from "@claviger/store-conformance/samples";
import { openDynamoClient } from "@claviger/testing";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import type { Waiting } from "../src/client/backoff.js";
import { dynamodbStore } from "../src/dynamodb-store.js";
import { connectionLost, type Intercept, intercept } from "./intercept.js";
import { openTable, type TestTable } from "./test-table.js";

const NO_WAITING: Waiting = { pause: async () => {}, random: () => 0 };
const ONE_ATTEMPT: DynamoDBClientConfig = { maxAttempts: 1 };

let opened: TestTable;
const clients: ReturnType<typeof openDynamoClient>[] = [];
beforeAll(async () => {
  opened = await openTable("meters");
});
afterEach(() => {
  for (const client of clients.splice(0)) client.destroy();
});
afterAll(() => opened.remove());

/** A store over the table, through a network that does this, and the commands that it sent. */
function storeThrough(act: Intercept, config: DynamoDBClientConfig = {}): { store: Store; sent: string[] } {
  const sent: string[] = [];
  const client = intercept(openDynamoClient(opened.endpoint, config), (send, proceed) => {
    sent.push(send.command.replace("Command", ""));
    return act(send, proceed);
  });
  clients.push(client);
  return { store: dynamodbStore({ client, table: opened.table }, NO_WAITING), sent };
}

const listening = () => storeThrough((_, proceed) => proceed());

const plain = () => dynamodbStore({ client: opened.client, table: opened.table });

/** For one unit, of a key of its own. */
function requestFor(given: Partial<ChargeRequest> = {}): ChargeRequest {
  const charges = [{ form: "window", meter: "m", windowAt: 0, add: 1, ceiling: 1_000 }] as const;
  return { tenant: "t", keyId: freshId(), units: 1, charges, ...given };
}

const refundOf = ({ tenant, keyId }: ChargeRequest, sub: number) => {
  const refund: Refund = { form: "window", meter: "m", windowAt: 0, sub };
  return { tenant, keyId, refunds: [refund] };
};

async function metersOf(store: Store, request: ChargeRequest): Promise<readonly (Meter | null)[]> {
  const [told] = await store.consume([{ ...request, units: 0 }], NOW_MS);
  return told?.meters ?? [];
}

const spent = (used: number) => [{ form: "window", windowAt: 0, used }];

const faultOf = (work: Promise<unknown>): Promise<unknown> =>
  work.then(
    () => undefined,
    (error: unknown) => error,
  );

describe("charges of many keys in one call", () => {
  it("read what they have to together, and write a key each; what was seen needs no reading again", async () => {
    const { store, sent } = listening();
    const requests = Array.from({ length: 5 }, () => requestFor());
    await store.consume(requests, NOW_MS);
    expect(sent.splice(0)).toEqual(["BatchGetItem", ...requests.map(() => "PutItem")]);
    await store.consume([...requests, ...requests], NOW_MS);
    expect(sent.splice(0)).toEqual(requests.map(() => "PutItem"));
  });

  it("that are all refused are one read", async () => {
    const { store, sent } = listening();
    const charges = [{ form: "window", meter: "m", windowAt: 0, add: 1, ceiling: 1 }] as const;
    const requests = Array.from({ length: 5 }, () => requestFor({ charges }));
    const first = await store.consume(requests, NOW_MS);
    sent.splice(0);
    const second = await store.consume(requests, NOW_MS);
    expect([first, second].map((results) => results.map(({ admitted }) => admitted))).toEqual([
      [1, 1, 1, 1, 1],
      [0, 0, 0, 0, 0],
    ]);
    expect(sent).toEqual(["BatchGetItem"]);
  });

  it("fail apart: trouble with the writes of one is not that of the others", async () => {
    const requests = Array.from({ length: 3 }, () => requestFor());
    const bad = requests[1]?.keyId ?? "";
    const { store } = storeThrough(({ command, input }, proceed) => {
      if (command === "PutItemCommand" && JSON.stringify(input).includes(bad)) throw new Error("no");
      return proceed();
    }, ONE_ATTEMPT);
    const fault = await faultOf(store.consume(requests, NOW_MS));
    expect(fault).toBeInstanceOf(PartialFault);
    expect(fault).toMatchObject({
      answers: [{ admitted: 1, nowUs: NOW_MS * 1000 }, undefined, { admitted: 1 }],
      cause: { message: "DynamoDB: no" },
    });
  });

  it("fail apart: capacity that is short for reading some is not missed by the others", async () => {
    const requests = Array.from({ length: 120 }, () => requestFor());
    let batches = 0;
    const { store } = storeThrough(({ command }, proceed) => {
      if (command !== "BatchGetItemCommand") return proceed();
      batches += 1;
      if (batches === 1) throw new Error("no");
      return proceed();
    }, ONE_ATTEMPT);
    const fault = await faultOf(store.consume(requests, NOW_MS));
    if (!(fault instanceof PartialFault)) throw new Error("it went well", { cause: fault });
    expect(fault.answers.filter((answer) => answer === undefined)).toHaveLength(100);
    expect(fault.answers.slice(100)).not.toContain(undefined);
  });

  it("fail apart: a meter that was stored in another form fails those only who charge it", async () => {
    const store = plain();
    const sound = requestFor();
    await store.consume([sound], NOW_MS);
    const wrong = { ...sound, charges: [{ form: "gcra", meter: "m", floorUs: 0, addUs: 1, ceilingUs: 9 }] } as const;
    expect(await faultOf(store.consume([sound, wrong, sound], NOW_MS))).toMatchObject({
      answers: [{ admitted: 1 }, undefined, { admitted: 1 }],
      cause: new TypeError("meter m is charged as gcra, but was stored as window"),
    });
    expect(await metersOf(store, sound)).toEqual(spent(3));
  });

  it("all in vain are a plain fault, and one on shared meters is refused by name", async () => {
    const { store, sent } = listening();
    const request = requestFor({ shared: { owner: "o", ofOwner: [], ofTenant: [] } });
    await expect(store.consume([request], NOW_MS)).rejects.toThrow("this store has no shared meters");
    await expect(
      store.refund([{ ...refundOf(request, 1), shared: { owner: "o", ofOwner: [], ofTenant: [] } }]),
    ).rejects.toThrow("this store has no shared meters");
    expect(sent).toEqual([]);
    const neighbour = requestFor();
    expect(await faultOf(store.consume([neighbour, request], NOW_MS))).toBeInstanceOf(PartialFault);
    expect(await metersOf(store, neighbour)).toEqual(spent(1));
  });
});

describe("charges of no units", () => {
  it("of many keys are told by one consistent read, and write nothing", async () => {
    const [a, b] = [requestFor(), requestFor()];
    await plain().consume([a, { ...b, units: 3 }], NOW_MS);
    const { store, sent } = listening();
    const asked = [a, b, requestFor()].map((each) => ({ ...each, units: 0 }));
    const told = await store.consume(asked, NOW_MS);
    expect(told.map(({ admitted, meters }) => [admitted, ...meters])).toEqual([
      [0, ...spent(1)],
      [0, ...spent(3)],
      [0, null],
    ]);
    expect(sent).toEqual(["BatchGetItem"]);
  });

  it("are told what is there now, not what this process saw last", async () => {
    const store = plain();
    const request = requestFor();
    await store.consume([request], NOW_MS);
    await plain().consume([{ ...request, units: 4 }], NOW_MS);
    expect(await metersOf(store, request)).toEqual(spent(5));
  });

  it("between others of the same key are told what those before them left", async () => {
    const store = plain();
    const request = requestFor();
    const results = await store.consume([request, { ...request, units: 0 }, request], NOW_MS);
    expect(results.map(({ meters }) => meters)).toEqual([spent(1), spent(1), spent(2)]);
  });
});

describe("a refund", () => {
  it("is one read and one write, and none where nothing is taken back", async () => {
    const request = requestFor({ units: 9 });
    await plain().consume([request], NOW_MS);
    const { store, sent } = listening();
    await store.refund([refundOf(request, 2), refundOf(request, 3)]);
    expect(sent.splice(0)).toEqual(["GetItem", "PutItem"]);
    expect(await metersOf(plain(), request)).toEqual(spent(4));
    await store.refund([refundOf(requestFor(), 2)]);
    expect(sent.splice(0)).toEqual(["GetItem"]);
  });

  it("whose reply was lost and that the SDK repeats counts once, also where others spent in between", async () => {
    const request = requestFor({ units: 9 });
    const other = plain();
    await other.consume([request], NOW_MS);
    const lost = new Set<unknown>();
    const { store } = storeThrough(async ({ command, input }, proceed) => {
      const reply = await proceed();
      if (command !== "PutItemCommand" || lost.has(input)) return reply;
      lost.add(input);
      await other.consume([{ ...request, units: 1 }], NOW_MS);
      throw connectionLost();
    });
    await store.refund([refundOf(request, 3)]);
    expect(lost.size).toBe(1);
    expect(await metersOf(other, request)).toEqual(spent(7));
  });

  it("is not made again where so many others wrote since that nobody knows whether it was", async () => {
    const request = requestFor({ units: 9 });
    await plain().consume([request], NOW_MS);
    let isLost = false;
    const { store } = storeThrough(async ({ command }, proceed) => {
      const reply = await proceed();
      if (command !== "PutItemCommand" || isLost) return reply;
      isLost = true;
      for (let writer = 0; writer < 33; writer += 1) await plain().consume([{ ...request, units: 1 }], NOW_MS);
      throw connectionLost();
    });
    await expect(store.refund([refundOf(request, 3)])).rejects.toThrow("it is not written again");
    expect(await metersOf(plain(), request)).toEqual(spent(39));
  });

  it("that nobody answered is a fault, and not made again", async () => {
    const request = requestFor({ units: 9 });
    await plain().consume([request], NOW_MS);
    const { store, sent } = storeThrough(async ({ command }, proceed) => {
      await proceed();
      if (command === "PutItemCommand") throw connectionLost();
      return proceed();
    }, ONE_ATTEMPT);
    await expect(store.refund([refundOf(request, 3)])).rejects.toThrow("socket hang up");
    expect(sent.filter((command) => command === "PutItem")).toHaveLength(1);
    expect(await metersOf(plain(), request)).toEqual(spent(6));
  });

  it("of a key that fails leaves those of others done", async () => {
    const [bad, good] = [requestFor({ units: 9 }), requestFor({ units: 9 })];
    await plain().consume([bad, good], NOW_MS);
    const { store } = storeThrough(({ command, input }, proceed) => {
      if (command === "PutItemCommand" && JSON.stringify(input).includes(bad.keyId)) throw new Error("no");
      return proceed();
    }, ONE_ATTEMPT);
    await expect(store.refund([refundOf(bad, 1), refundOf(good, 1)])).rejects.toThrow("no");
    expect(await metersOf(plain(), good)).toEqual(spent(8));
  });
});
