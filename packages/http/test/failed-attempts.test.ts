import { describe, expect, it } from "vitest";
import type { ApiKeyAuthOptions } from "../src/index.js";
import { onEachServer } from "./on-each-server.js";

const NONSENSE = "X-API-Key: nonsense";
/** One attempt at once, and one more every 30 s. */
const ONE = { limit: 1, per: "30s" } as const;

function guarded(options: ApiKeyAuthOptions<string, unknown> = {}) {
  return { failedAttempts: ONE, ...options };
}

describe("too many failed attempts from one address", () => {
  it("are 429 with Retry-After, and waiting exactly so long is enough", async () => {
    const { responses, handled } = await onEachServer(
      ({ keyring }) => [{ auth: keyring, options: guarded() }],
      async ({ clock }, send) => {
        await send([NONSENSE]);
        const { headers } = await send([NONSENSE]);
        clock.advance(Number(headers["retry-after"]) * 1000);
        await send([NONSENSE]);
      },
    );
    expect(responses.map(({ status }) => status)).toEqual([401, 429, 401]);
    expect(responses[1]?.headers).toEqual({
      "cache-control": "no-store",
      "content-type": "application/problem+json",
      "content-length": String(responses[1]?.body.length),
      "retry-after": "30",
    });
    expect(JSON.parse(responses[1]?.body ?? "")).toEqual({
      type: "https://claviger.dev/problems/too-many-attempts",
      title: expect.any(String),
      status: 429,
      detail: expect.any(String),
    });
    expect(handled).toBe(0);
  });

  it("lock no valid key out, and turn no other refusal into another", async () => {
    const acts = ["nothing", "first", "second"] as const;
    const played = await onEachServer(
      ({ keyring }) => [{ auth: keyring, options: guarded() }, { requires: ["invoices:read"] }],
      async ({ issue }, send) => {
        const good = await issue({ scopes: ["invoices:read"] });
        const weak = await issue();
        const spent = await issue({ limits: [{ name: "ever", kind: "credits", limit: 0 }] });
        for (const _ of acts) {
          for (const token of [good, weak, spent]) await send([`X-API-Key: ${token}`]);
          await send([]);
          await send(["X-API-Key: a b"]);
          await send([NONSENSE]);
        }
      },
    );
    const [before, after, again] = acts.map((_, index) => played.responses.slice(6 * index, 6 * index + 6));
    expect(before?.map(({ status }) => status)).toEqual([200, 403, 429, 401, 400, 401]);
    expect(after?.map(({ status }) => status)).toEqual([200, 403, 429, 401, 400, 429]);
    expect(after?.slice(0, 5)).toEqual(before?.slice(0, 5));
    expect(again).toEqual(after);
    expect(played.handled).toBe(3);
  });

  it("are those that have failed: trouble in the store is none, and stays 503", async () => {
    const { responses } = await onEachServer(
      ({ keyring }) => [{ auth: keyring, options: guarded() }],
      async ({ issue, faults }, send) => {
        const line = `X-API-Key: ${await issue()}`;
        faults.find = new Error("connection refused");
        await send([line]);
        await send([line]);
        await send([NONSENSE]);
        await send([NONSENSE]);
        await send([line]);
      },
    );
    expect(responses.map(({ status }) => status)).toEqual([503, 503, 401, 429, 503]);
  });

  it("are counted by what the client's address is said to be, never by what a client says", async () => {
    const from = async (options: ApiKeyAuthOptions<string, unknown>, ...addresses: readonly string[]) => {
      const { responses } = await onEachServer(
        ({ keyring }) => [{ auth: keyring, options: guarded(options) }],
        async (_, send) => {
          for (const address of addresses) await send([NONSENSE, `X-Forwarded-For: ${address}`]);
        },
      );
      return responses.map(({ status }) => status);
    };
    expect(await from({}, "192.0.2.1", "192.0.2.2")).toEqual([401, 429]);
    expect(await from({ trustedHops: 1 }, "192.0.2.1", "192.0.2.2")).toEqual([401, 401]);
    expect(await from({ trustedHops: 1 }, "192.0.2.1", "::ffff:192.0.2.1")).toEqual([401, 429]);
    expect(await from({ trustedHops: 1 }, "2001:db8::1", "2001:db8::2:1", "2001:db8:0:1::1")).toEqual([401, 429, 401]);
    expect(await from({ trustedHops: 1 }, "unknown", "_hidden")).toEqual([401, 429]);
  });
});
