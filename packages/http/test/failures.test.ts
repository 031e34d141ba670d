import { describe, expect, it } from "vitest";
import type { ApiKeyAuthOptions } from "../src/index.js";
import { onEachServer } from "./on-each-server.js";

const fail = (): never => {
  throw new Error("a hook failed");
};

/** What a programmer got wrong, as JavaScript would let him. */
const NONSENSE: readonly [what: string, options: object][] = [
  ["scopes that throw", { scopes: fail }],
  ["scopes that reject", { scopes: () => Promise.reject(new Error("a hook failed")) }],
  ["scopes that are undefined", { scopes: () => undefined }],
  ["scopes that are a string", { scopes: () => "invoices:read" }],
  ["a scope that is no scope", { scopes: () => ["Invoices Read"] }],
  ["a scope with a wildcard", { scopes: () => ["invoices:*"] }],
  ["a scope outside the catalogue", { scopes: () => ["customers:read"] }],
  ["a scope that is undefined", { scopes: () => [undefined] }],
  ["a hole for a scope", { scopes: () => new Array(1) }],
  ["a cost that throws", { cost: fail }],
  ["a cost of NaN", { cost: () => Number.NaN }],
  ["a cost of 0", { cost: () => 0 }],
  ["a negative cost", { cost: () => -1 }],
  ["a cost of 1.5", { cost: () => 1.5 }],
  ["a cost as a string", { cost: () => "1" }],
  ["a cost that is undefined", { cost: () => undefined }],
  ["resources that throw", { resources: fail }],
  ["resources that are undefined", { resources: () => undefined }],
  ["resources that are null", { resources: () => null }],
  ["resources that are a string", { resources: () => "account" }],
  ["a resource that is no string", { resources: () => ({ account: undefined }) }],
  ["an address that throws", { clientAddress: fail }],
  ["an address that is null", { clientAddress: () => null }],
  ["a verdict hook that throws", { onVerdict: fail }],
  ["a verdict hook that rejects", { onVerdict: () => Promise.reject(new Error("a hook failed")) }],
];

describe("failing closed is the only mode", () => {
  it.each(NONSENSE)("%s: 500, never a pass", async (_, options: ApiKeyAuthOptions<string, unknown>) => {
    const { responses, handled } = await onEachServer(
      ({ keyring }) => [{ auth: keyring }, { auth: keyring, options }],
      async ({ issue }, send) => {
        const token = await issue({ scopes: ["**"] });
        await send([`X-API-Key: ${token}`]);
      },
    );
    expect([responses.map(({ status }) => status), handled]).toEqual([[500], 0]);
    const first = await onEachServer(
      ({ keyring }) => [{ auth: keyring, options }],
      async ({ issue }, send) => send([`X-API-Key: ${await issue({ scopes: ["**"] })}`]),
    );
    expect([first.responses.map(({ status }) => status), first.handled]).toEqual([[500], 0]);
  });

  // What Express, Koa or Hono might take for no failure, or for a word of its own.
  it.each([undefined, null, false, 0, "", "route", "router"])(
    "a hook that throws %j: 500, never a pass",
    async (thrown) => {
      const reject = (): Promise<never> => Promise.reject(thrown);
      const throwing = (): never => {
        throw thrown;
      };
      const hooks = [
        { scopes: throwing },
        { cost: reject },
        { resources: throwing },
        { clientAddress: reject },
        { onVerdict: throwing },
        { onVerdict: reject },
      ];
      for (const options of hooks) {
        const { responses, handled } = await onEachServer(
          ({ keyring }) => [{ auth: keyring, options }],
          async ({ issue }, send) => {
            await send([`X-API-Key: ${await issue({ scopes: ["**"] })}`]);
            await send(["X-API-Key: noneOfOurs"]);
          },
        );
        expect([responses.map(({ status }) => status), handled]).toEqual([[500, 500], 0]);
      }
    },
  );

  it.each([undefined, "route"])("a keyring whose verify throws %j, at once or later: 500", async (thrown) => {
    const verifies = [
      () => Promise.reject(thrown),
      () => {
        throw thrown;
      },
    ];
    for (const verify of verifies) {
      const { responses, handled } = await onEachServer(
        ({ keyring }) => [{ auth: { ...keyring, verify } }],
        async ({ issue }, send) => send([`X-API-Key: ${await issue({ scopes: ["**"] })}`]),
      );
      expect([responses.map(({ status }) => status), handled]).toEqual([[500], 0]);
    }
  });

  it("requireScopes without apiKeyAuth: 500", async () => {
    const { responses, handled } = await onEachServer(
      () => [{ requires: ["invoices:read"] }],
      async ({ issue }, send) => send([`X-API-Key: ${await issue({ scopes: ["**"] })}`]),
    );
    expect([responses.map(({ status }) => status), handled]).toEqual([[500], 0]);
  });

  it("requireScopes with a scope outside the keyring's catalogue: 500", async () => {
    const { responses, handled } = await onEachServer(
      ({ keyring }) => [{ auth: keyring }, { requires: ["customers:read"] }],
      async ({ issue }, send) => send([`X-API-Key: ${await issue({ scopes: ["**"] })}`]),
    );
    expect([responses.map(({ status }) => status), handled]).toEqual([[500], 0]);
  });
});

describe("promise 4: trouble in the store is 503, never 200 and never 401", () => {
  it.each(["find", "consume"] as const)("when %s fails; and all is well when it is over", async (method) => {
    const { responses, handled } = await onEachServer(
      ({ keyring }) => [{ auth: keyring }],
      async ({ issue, faults }, send) => {
        const token = await issue({ limits: [{ name: "ever", kind: "credits", limit: 9 }] });
        faults[method] = new Error("connection refused");
        await send([`X-API-Key: ${token}`]);
        await send(["X-API-Key: nonsense"]);
        await send([]);
        delete faults[method];
        await send([`X-API-Key: ${token}`]);
      },
    );
    expect(responses.map(({ status }) => status)).toEqual([503, 401, 401, 200]);
    expect(responses[0]?.headers).toEqual({
      "cache-control": "no-store",
      "content-type": "application/problem+json",
      "content-length": String(responses[0]?.body.length),
      "retry-after": "5",
    });
    expect(JSON.parse(responses[0]?.body ?? "")).toMatchObject({
      type: "https://claviger.dev/problems/unavailable",
      status: 503,
    });
    expect(responses[0]?.body).not.toContain("connection refused");
    expect(responses[3]?.headers.ratelimit).toBe('"ever";r=8');
    expect(handled).toBe(1);
  });

  it("with a cache, a key that is known verifies on for as long as it may, and one that is not known is 503", async () => {
    const { responses, handled } = await onEachServer(
      ({ caching }) => [{ auth: caching }],
      async ({ issue, faults, clock }, send) => {
        const [warm, cold] = [`X-API-Key: ${await issue()}`, `X-API-Key: ${await issue()}`];
        await send([warm]);
        faults.down = new Error("connection refused");
        await send([cold]);
        clock.advance(4_999);
        await send([warm]);
        clock.advance(1);
        await send([warm]);
        await send([cold]);
        delete faults.down;
        await send([warm]);
        await send([cold]);
      },
    );
    expect(responses.map(({ status }) => status)).toEqual([200, 503, 200, 503, 503, 200, 200]);
    for (const { status, headers } of responses) expect(headers["retry-after"]).toBe(status === 503 ? "5" : undefined);
    expect(handled).toBe(4);
  });
});
