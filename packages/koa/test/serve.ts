import { createServer } from "node:http";
import Koa from "koa";
import { CACHED, listening, type Serve } from "../../http/test/protected-app.js";
import { type ApiKeyState, apiKeyAuth, requireScopes } from "../src/index.js";

export const serveKoa: Serve = async (guards) => {
  const app = new Koa<ApiKeyState>();
  let handled = 0;
  app.silent = true;
  for (const guard of guards) {
    app.use("auth" in guard ? apiKeyAuth(guard.auth, guard.options) : requireScopes(...guard.requires));
  }
  app.use((ctx) => {
    handled += 1;
    if (ctx.path.endsWith("cached")) ctx.set("Cache-Control", CACHED);
    ctx.body = { key: ctx.state.apiKey.id };
  });
  return listening(createServer(app.callback()), () => handled);
};
