import { createServer, type Server } from "node:http";
import { apiKeyAuth } from "@claviger/hono";
import { createAdaptorServer } from "@hono/node-server";
import { Hono } from "hono";
import type { Guard } from "./contestants.js";
import type { KnownKeys } from "./keys.js";

export function honoApp(guard: Guard, { keyring, floor }: KnownKeys): Server {
  const app = new Hono<{ Variables: { key: unknown } }>();
  if (guard === "claviger") app.use(apiKeyAuth(keyring));
  if (guard === "floor")
    app.use(async (c, next) => {
      const key = floor(c.req.header("authorization"));
      if (key === undefined) return c.body(null, 401);
      c.set("key", key);
      await next();
      return undefined;
    });
  app.get("/", (c) => c.json({ ok: true }));
  const server = createAdaptorServer({ fetch: app.fetch, createServer });
  if (!("requestTimeout" in server)) throw new TypeError("an HTTP/1.1 server was asked for");
  return server;
}
