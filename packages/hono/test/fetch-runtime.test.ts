import { Hono } from "hono";
import { bodyLimit } from "hono/body-limit";
import { describe, expect, it } from "vitest";
import { createWorld } from "../../http/test/world.js";
import { apiKeyAuth, requireScopes } from "../src/index.js";

const { keyring, issue } = createWorld();
const limits = [{ name: "ever", kind: "credits", limit: 9 }] as const;
const ok = (app: Hono, path = "/") => app.get(path, (c) => c.json({ key: c.get("apiKey").id }));

describe("Hono where there is only a Fetch request", () => {
  it("KF-2 a key is needed, and found", async () => {
    const app = ok(new Hono().use(apiKeyAuth(keyring)));
    expect((await app.request("/")).status).toBe(401);
    const response = await app.request("/", { headers: { "X-API-Key": await issue({ limits }) } });
    expect([response.status, response.headers.get("RateLimit"), response.headers.get("Cache-Control")]).toEqual([
      200,
      '"ever";r=8',
      "private",
    ]);
  });

  it("repeated header lines, which such a runtime joins, are refused", async () => {
    const app = ok(new Hono().use(apiKeyAuth(keyring)));
    const token = await issue();
    for (const [name, value] of [
      ["Authorization", `Bearer ${token}`],
      ["X-API-Key", token],
    ] as const) {
      const headers = new Headers([
        [name, value],
        [name, value],
      ]);
      expect((await app.request("/", { headers })).status, name).toBe(400);
    }
  });

  it("there is no socket, so a key restricted by IP needs clientAddress", async () => {
    const headers = {
      "X-API-Key": await issue({ restrictions: { ip: { allow: ["10.0.0.0/8"] } } }),
      "CF-Connecting-IP": "10.0.0.1",
    };
    const plain = ok(new Hono().use(apiKeyAuth(keyring)));
    expect((await plain.request("/", { headers })).status).toBe(403);
    const told = ok(new Hono().use(apiKeyAuth(keyring, { clientAddress: (c) => c.req.header("CF-Connecting-IP") })));
    expect((await told.request("/", { headers })).status).toBe(200);
  });

  it("a request is charged once though middleware puts a copy in its place", async () => {
    const app = new Hono();
    app.use(apiKeyAuth(keyring), bodyLimit({ maxSize: 99 }), requireScopes("invoices:read"), apiKeyAuth(keyring));
    app.post("/", (c) => c.text("done"));
    const body = new Blob(["of no declared length"]).stream();
    const headers = { "X-API-Key": await issue({ scopes: ["invoices:read"], limits }) };
    const response = await app.fetch(
      new Request("http://api.test/", { method: "POST", headers, body, duplex: "half" }),
    );
    expect([response.status, response.headers.get("RateLimit")]).toEqual([200, '"ever";r=8']);
  });

  it("a request that another app takes over is charged once", async () => {
    const inner = new Hono().use(apiKeyAuth(keyring), requireScopes("invoices:read")).all("*", (c) => c.text("done"));
    const app = new Hono()
      .use(apiKeyAuth(keyring))
      .mount("/there", (request) => inner.fetch(request), { replaceRequest: false });
    const headers = { "X-API-Key": await issue({ scopes: ["invoices:read"], limits }) };
    const response = await app.request("/there/now", { headers });
    expect([response.status, response.headers.get("RateLimit")]).toEqual([200, '"ever";r=8']);
  });
});

describe("Hono responses", () => {
  const answered = async (handler: () => Response | Promise<Response>, before = new Hono()) => {
    const app = before.use(apiKeyAuth(keyring)).get("/", handler);
    return app.request("/", { headers: { "X-API-Key": await issue({ limits }) } });
  };

  it("of the handler's own making get the fields, also where their headers are immutable", async () => {
    expect((await answered(() => new Response("own"))).headers.get("RateLimit")).toBe('"ever";r=8');
    const redirect = await answered(() => Response.redirect("https://api.test/elsewhere", 302));
    expect([redirect.status, redirect.headers.get("RateLimit"), redirect.headers.get("Location")]).toEqual([
      302,
      '"ever";r=8',
      "https://api.test/elsewhere",
    ]);
  });

  it("keep what the handler says of caching, also behind middleware that touched the response first, as cors() does", async () => {
    const touched = new Hono().use(async (c, next) => {
      c.res.headers.set("Access-Control-Allow-Origin", "*");
      await next();
    });
    const response = await answered(
      () => new Response("own", { headers: { "Cache-Control": "public, max-age=60" } }),
      touched,
    );
    expect(response.headers.get("Cache-Control")).toBe("public, max-age=60");
    expect(response.headers.get("Access-Control-Allow-Origin")).toBe("*");
  });

  it("keep streaming", async () => {
    const response = await answered(() => new Response(new Blob(["a stream"]).stream()));
    expect([await response.text(), response.headers.get("RateLimit")]).toEqual(["a stream", '"ever";r=8']);
  });
});
