import { Router, type RouterContext } from "@koa/router";
import type { ApiKey, Keyring } from "claviger";
import Koa from "koa";
import { expectTypeOf } from "vitest";
import { type ApiKeyState, apiKeyAuth, requireScopes } from "../../src/index.js";

declare const keyring: Keyring<"invoices:read" | "invoices:write">;
declare const anyKeyring: Keyring;

new Koa()
  .use(apiKeyAuth(keyring, { realm: "api", scopes: ["invoices:read"], trustedHops: 1 }))
  .use(requireScopes("invoices:read", "invoices:write"))
  .use((ctx) => {
    expectTypeOf(ctx.state.apiKey).toEqualTypeOf<ApiKey>();
  });

// The application's own state stays.
new Koa<{ user: string }>().use(apiKeyAuth(anyKeyring, { scopes: ["whatever:there:is"] })).use((ctx) => {
  expectTypeOf(ctx.state.apiKey).toEqualTypeOf<ApiKey>();
  expectTypeOf(ctx.state.user).toBeString();
});

// A hook gets the framework's own context where it says so.
new Koa().use(apiKeyAuth(keyring, { resources: (ctx: Koa.Context) => ({ path: ctx.path }) })).use((ctx) => {
  expectTypeOf(ctx.state.apiKey).toEqualTypeOf<ApiKey>();
});

const routes = new Router();
const resources = (ctx: RouterContext) => ({ account: ctx.params.account ?? "" });
routes.get("/accounts/:account", apiKeyAuth(keyring, { resources }), requireScopes("invoices:read"), (ctx) => {
  expectTypeOf(ctx.state.apiKey).toEqualTypeOf<ApiKey>();
});
routes.get("/invoices", requireScopes("invoices:read"), (ctx) => {
  expectTypeOf(ctx.state.apiKey).toEqualTypeOf<ApiKey>();
});

// A router whose routes stand behind an `apiKeyAuth` of the application.
const behind = new Router<ApiKeyState>();
behind.get("/", (ctx) => {
  expectTypeOf(ctx.state.apiKey).toEqualTypeOf<ApiKey>();
});
new Koa().use(apiKeyAuth(keyring)).use(routes.routes()).use(behind.routes());

// @ts-expect-error a scope outside the catalogue
apiKeyAuth(keyring, { scopes: ["invoices:send"] });
// @ts-expect-error nor from a function
apiKeyAuth(keyring, { scopes: () => ["invoices:send"] });
// @ts-expect-error no such option
apiKeyAuth(keyring, { scope: ["invoices:read"] });
// @ts-expect-error no scope at all
requireScopes();
