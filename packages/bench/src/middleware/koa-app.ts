import { createServer, type Server } from "node:http";
import { apiKeyAuth } from "@claviger/koa";
import Koa from "koa";
import type { Guard } from "./contestants.js";
import type { KnownKeys } from "./keys.js";

export function koaApp(guard: Guard, { keyring, floor }: KnownKeys): Server {
  const app = new Koa();
  if (guard === "claviger") app.use(apiKeyAuth(keyring));
  if (guard === "floor")
    app.use(async (ctx, next) => {
      const key = floor(ctx.get("authorization"));
      if (key === undefined) {
        ctx.status = 401;
        return;
      }
      ctx.state.key = key;
      await next();
    });
  app.use((ctx) => {
    ctx.body = { ok: true };
  });
  return createServer(app.callback());
}
