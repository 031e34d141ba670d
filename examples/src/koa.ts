import type { RequestListener } from "node:http";
import { type ApiKeyState, apiKeyAuth, requireScopes } from "@claviger/koa";
import Router from "@koa/router";
import type { Keyring, RegisteredScope } from "claviger";
import Koa, { type Context } from "koa";
import type { Invoicing, Reply } from "./invoicing.js";

/** The invoicing API on Koa. Beside `express.ts`: how little differs. */
export function koaApi(keyring: Keyring<RegisteredScope>, invoicing: Invoicing): RequestListener {
  const app = new Koa();
  const router = new Router<ApiKeyState>();

  router.use("/v1", apiKeyAuth(keyring, { realm: "invoices" }));

  router.get("/v1/invoices", requireScopes("invoices:read"), (ctx) => {
    answer(ctx, invoicing.list(ctx.state.apiKey));
  });
  router.get("/v1/invoices/:id", requireScopes("invoices:read"), (ctx) => {
    answer(ctx, invoicing.read(ctx.state.apiKey, ctx.params.id ?? ""));
  });
  router.post("/v1/invoices/:id/send", requireScopes("invoices:write"), (ctx) => {
    answer(ctx, invoicing.send(ctx.state.apiKey, ctx.params.id ?? ""));
  });

  return app.use(router.routes()).callback();
}

function answer(ctx: Context, { status, body }: Reply): void {
  ctx.status = status;
  ctx.body = body;
}
