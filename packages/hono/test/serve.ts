import { createServer } from "node:http";
import { createAdaptorServer } from "@hono/node-server";
import { Hono } from "hono";
import { CACHED, listening, type Serve } from "../../http/test/protected-app.js";
import { apiKeyAuth, requireScopes } from "../src/index.js";

export const serveHono: Serve = async (guards) => {
  const app = new Hono();
  let handled = 0;
  app.onError((_, c) => c.text("Internal Server Error", 500));
  for (const guard of guards) {
    app.use("auth" in guard ? apiKeyAuth(guard.auth, guard.options) : requireScopes(...guard.requires));
  }
  app.all("*", (c) => {
    handled += 1;
    const body = { key: c.get("apiKey").id };
    const cached = c.req.path.endsWith("cached") ? { "Cache-Control": CACHED } : {};
    if (!c.req.path.startsWith("/fresh")) return c.json(body, 200, cached);
    return new Response(JSON.stringify(body), { headers: { "Content-Type": "application/json", ...cached } });
  });
  const server = createAdaptorServer({ fetch: app.fetch, createServer });
  if (!("requestTimeout" in server)) throw new TypeError("an HTTP/1.1 server was asked for");
  return listening(server, () => handled);
};
