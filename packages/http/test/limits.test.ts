import type { LimitInput } from "claviger";
import { describe, expect, it } from "vitest";
import { onEachServer } from "./on-each-server.js";
import { CACHED, type Guard } from "./protected-app.js";
import type { World } from "./world.js";

const PER_MINUTE: readonly LimitInput[] = [{ name: "burst", kind: "rate", limit: 100, per: "1m" }];
const auth = ({ keyring }: World): readonly Guard[] => [{ auth: keyring }];

describe("KF-28 limits over HTTP", () => {
  it("RateLimit and RateLimit-Policy are sent on success", async () => {
    const { responses } = await onEachServer(auth, async ({ issue, clock }, send) => {
      const token = await issue({ limits: PER_MINUTE });
      for (let sent = 0; sent < 50; sent += 1) await send([`X-API-Key: ${token}`]);
      clock.advance(1);
    });
    expect(responses[49]?.headers).toEqual({
      "cache-control": "private",
      "ratelimit-policy": '"burst";q=100;w=60',
      ratelimit: '"burst";r=50;t=30',
    });
  });

  it("several limits are a list in declared order; credits have neither window nor reset", async () => {
    const limits: readonly LimitInput[] = [
      { name: "daily", kind: "quota", limit: 1000, refill: "day" },
      { name: "ever", kind: "credits", limit: 500 },
      { name: "burst", kind: "rate", limit: 10, per: "1500ms", algorithm: "fixed" },
    ];
    const { responses } = await onEachServer(auth, async ({ issue, clock }, send) => {
      clock.set(Date.UTC(2026, 5, 21, 23, 59, 59, 1));
      await send([`Authorization: Bearer ${await issue({ limits })}`]);
    });
    expect(responses[0]?.headers).toEqual({
      "ratelimit-policy": '"daily";q=1000;w=86400, "ever";q=500, "burst";q=10;w=2',
      ratelimit: '"daily";r=999;t=1, "ever";r=499, "burst";r=9;t=1',
    });
  });

  it("a key without limits gets no such fields", async () => {
    const { responses } = await onEachServer(auth, async ({ issue }, send) =>
      send([`Authorization: Bearer ${await issue()}`]),
    );
    expect(responses[0]?.headers).toEqual({});
  });

  it.each(["gcra", "fixed"] as const)(
    "a rate (%s) that is used up is 429, and waiting exactly Retry-After succeeds",
    async (algorithm) => {
      const { responses } = await onEachServer(auth, async ({ issue, clock }, send) => {
        const token = await issue({ limits: [{ name: "burst", kind: "rate", limit: 2, per: "7s", algorithm }] });
        const line = `X-API-Key: ${token}`;
        await send([line]);
        clock.advance(1);
        await send([line]);
        const { headers } = await send([line]);
        clock.advance(Number(headers["retry-after"]) * 1000);
        await send([line]);
      });
      expect(responses.map(({ status }) => status)).toEqual([200, 200, 429, 200]);
      expect(responses[2]?.headers).toEqual({
        "cache-control": "no-store",
        "content-type": "application/problem+json",
        "content-length": String(responses[2]?.body.length),
        "ratelimit-policy": '"burst";q=2;w=7',
        ratelimit: expect.stringMatching(/^"burst";r=0;t=[0-9]+$/),
        "retry-after": expect.stringMatching(/^[1-9][0-9]*$/),
      });
      expect(JSON.parse(responses[2]?.body ?? "")).toMatchObject({
        type: "https://claviger.dev/problems/quota-exceeded",
        status: 429,
        "violated-policies": ["burst"],
      });
    },
  );

  it.each([
    ["credits that are used up", { limits: [{ name: "ever", kind: "credits", limit: 0 }] as const, cost: 1 }],
    ["a cost above the burst", { limits: PER_MINUTE, cost: 101 }],
  ])("%s: 429 without Retry-After", async (_, { limits, cost }) => {
    const { responses, handled } = await onEachServer(
      ({ keyring }) => [{ auth: keyring, options: { cost } }],
      async ({ issue }, send) => send([`X-API-Key: ${await issue({ limits })}`]),
    );
    expect(responses[0]?.status).toBe(429);
    expect(responses[0]?.headers).not.toHaveProperty("retry-after");
    expect(handled).toBe(0);
  });

  it("several limits that refuse are all named in one 429, and those with room are not", async () => {
    const { responses } = await onEachServer(auth, async ({ issue }, send) => {
      const token = await issue({
        limits: [
          { name: "burst", kind: "rate", limit: 1, per: "1m" },
          { name: "daily", kind: "quota", limit: 2, refill: "day" },
          { name: "ever", kind: "credits", limit: 1 },
        ],
      });
      await send([`X-API-Key: ${token}`]);
      await send([`X-API-Key: ${token}`]);
    });
    expect(JSON.parse(responses[1]?.body ?? "")).toMatchObject({ "violated-policies": ["burst", "ever"] });
  });

  it("a cost is charged in full", async () => {
    const { responses } = await onEachServer(
      ({ keyring }) => [{ auth: keyring, options: { cost: async () => 40 } }],
      async ({ issue }, send) => {
        const token = await issue({ limits: PER_MINUTE });
        for (let sent = 0; sent < 3; sent += 1) await send([`X-API-Key: ${token}`]);
      },
    );
    expect(responses.map(({ headers }) => headers.ratelimit?.split(";")[1])).toEqual(["r=60", "r=20", "r=20"]);
    expect(responses.map(({ status }) => status)).toEqual([200, 200, 429]);
  });
});

describe("one request is charged once", () => {
  const remaining = async (guards: (world: World) => readonly Guard[]): Promise<readonly unknown[]> => {
    const { responses } = await onEachServer(guards, async ({ issue }, send) => {
      const token = await issue({ scopes: ["invoices:write"], limits: [{ name: "ever", kind: "credits", limit: 10 }] });
      for (let sent = 0; sent < 2; sent += 1) await send([`X-API-Key: ${token}`]);
    });
    return responses.map(({ status, headers }) => [status, headers.ratelimit]);
  };

  it("however many apiKeyAuth and requireScopes look at it", async () => {
    const guards = await remaining(({ keyring }) => [
      { auth: keyring },
      { requires: ["invoices:write"] },
      { auth: keyring, options: { scopes: ["invoices:read"], cost: 5 } },
      { requires: ["invoices:read"] },
      { auth: keyring },
    ]);
    expect(guards).toEqual([
      [200, '"ever";r=9'],
      [200, '"ever";r=8'],
    ]);
  });

  it("a second apiKeyAuth enforces what it asks for in addition", async () => {
    const guards = await remaining(({ keyring }) => [
      { auth: keyring },
      { auth: keyring, options: { scopes: ["payments:send"] } },
    ]);
    expect(guards).toEqual([
      [403, '"ever";r=9'],
      [403, '"ever";r=8'],
    ]);
  });

  it("another keyring verifies anew, and the first one still knows the request", async () => {
    const { responses, handled } = await onEachServer(
      ({ keyring, stranger }) => [
        { auth: keyring },
        { auth: stranger, options: { headers: ["x-partner-key"], realm: "partner" } },
        { auth: keyring },
      ],
      async ({ issue, stranger }, send) => {
        const limits: readonly LimitInput[] = [{ name: "ever", kind: "credits", limit: 10 }];
        const own = await issue({ limits });
        const partner = (await stranger.create({ owner: "user_1", name: "partner", limits })).token;
        await send([`X-API-Key: ${own}`, `X-Partner-Key: ${partner}`]);
        await send([`X-API-Key: ${own}`]);
      },
    );
    expect(responses.map(({ status }) => status)).toEqual([200, 401]);
    expect(responses[0]?.headers.ratelimit).toBe('"ever";r=9');
    expect(responses[1]?.headers["www-authenticate"]).toBe('Bearer realm="partner"');
    expect(handled).toBe(1);
  });

  it("requireScopes asks of the key that the last apiKeyAuth found", async () => {
    const { responses } = await onEachServer(
      ({ keyring, stranger }) => [
        { auth: keyring },
        { auth: stranger, options: { headers: ["x-partner-key"], realm: "partner" } },
        { requires: ["payments:send"] },
      ],
      async ({ issue, stranger }, send) => {
        for (const [own, partner] of [
          ["**", "invoices:read"],
          ["invoices:read", "payments:*"],
        ] as const) {
          const created = await stranger.create({ owner: "user_1", name: "partner", scopes: [partner] });
          await send([`X-API-Key: ${await issue({ scopes: [own] })}`, `X-Partner-Key: ${created.token}`]);
        }
      },
    );
    expect(responses.map(({ status }) => status)).toEqual([403, 200]);
    expect(responses[0]?.headers["www-authenticate"]).toContain('realm="partner"');
  });
});

describe("caches", () => {
  it.each([
    ["Authorization: Bearer", "GET /", undefined],
    ["X-API-Key:", "GET /", "private"],
    ["X-API-Key:", "GET /fresh", "private"],
    ["X-API-Key:", "GET /cached", CACHED],
    ["X-API-Key:", "GET /fresh-cached", CACHED],
  ])("a success by %s on %s: Cache-Control %s", async (header, target, cacheControl) => {
    const { responses } = await onEachServer(auth, async ({ issue }, send) =>
      send([`${header} ${await issue({ limits: PER_MINUTE })}`], target),
    );
    expect(responses[0]?.headers).toEqual({
      ...(cacheControl !== undefined && { "cache-control": cacheControl }),
      "ratelimit-policy": '"burst";q=100;w=60',
      ratelimit: '"burst";r=99;t=1',
    });
  });
});
