import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import type { Keyring } from "claviger";
import express, { type ErrorRequestHandler } from "express";
import { describe, expect, it } from "vitest";
import { createWorld } from "../../http/test/world.js";
import { apiKeyAuth } from "../src/index.js";

// The third request with a key in the cache is the first that waits for nothing: next() is called within the middleware.
const REQUESTS = 4;
const { keyring: waiting, caching: atOnce, issue } = createWorld();

async function statusesOf(keyring: Keyring, handler: () => unknown): Promise<{ statuses: number[]; errors: string[] }> {
  const errors: string[] = [];
  const report: ErrorRequestHandler = (error, _req, res, _next) => {
    errors.push(String(error));
    res.status(500).end();
  };
  const app = express().use(apiKeyAuth(keyring)).get("/", handler).use(report);
  const server = createServer(app).listen(0, "127.0.0.1");
  await once(server, "listening");
  const token = await issue();
  const { port } = server.address() as AddressInfo;
  const statuses: number[] = [];
  for (let sent = 0; sent < REQUESTS; sent += 1) {
    const answer = await fetch(`http://127.0.0.1:${port}/`, { headers: { "X-API-Key": token } });
    statuses.push(answer.status);
  }
  server.close();
  return { statuses, errors };
}

describe.each([
  ["waits for the store", waiting],
  ["has the key in its cache", atOnce],
])("a handler behind a keyring that %s", (_, keyring) => {
  it("throws: Express hears of it once, and answers once", async () => {
    const { statuses, errors } = await statusesOf(keyring, () => {
      throw new Error("a handler failed");
    });
    expect(statuses).toEqual(Array(REQUESTS).fill(500));
    expect(errors).toEqual(Array(REQUESTS).fill("Error: a handler failed"));
  });

  it("rejects: likewise", async () => {
    const { statuses, errors } = await statusesOf(keyring, async () => {
      throw new Error("a handler failed");
    });
    expect(statuses).toEqual(Array(REQUESTS).fill(500));
    expect(errors).toEqual(Array(REQUESTS).fill("Error: a handler failed"));
  });
});

describe("what next throws is thrown to who called, and next is called once", () => {
  const response = { statusCode: 200, setHeader: () => {}, end: () => {} };

  async function callsOfNext(keyring: Keyring, authenticated = apiKeyAuth(keyring)) {
    const token = await issue();
    const request = () =>
      ({ rawHeaders: ["X-API-Key", token], socket: {} }) as unknown as Parameters<typeof authenticated>[0];
    for (let met = 0; met < 2; met += 1) await new Promise((resolve) => authenticated(request(), response, resolve));
    const called: unknown[] = [];
    const failing = (error?: unknown) => {
      called.push(error);
      throw new Error("next failed");
    };
    return { called, call: () => authenticated(request(), response, failing) };
  }

  it("at once", async () => {
    const { called, call } = await callsOfNext(atOnce);
    expect(call).toThrow("next failed");
    expect(called).toEqual([undefined]);
  });

  it("after waiting, where nobody stands any more who could catch it", async () => {
    const { called, call } = await callsOfNext(waiting);
    const heard = new Promise((resolve) => process.prependOnceListener("unhandledRejection", resolve));
    const others = process.listeners("unhandledRejection").slice(1);
    for (const other of others) process.off("unhandledRejection", other);
    call();
    expect(await heard).toEqual(new Error("next failed"));
    for (const other of others) process.on("unhandledRejection", other);
    expect(called).toEqual([undefined]);
  });
});
