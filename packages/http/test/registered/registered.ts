// What an application's types say once it has registered its catalogue; a program of its own, for it holds everywhere.
import type { ApiKey, Keyring } from "claviger";
import { defineScopes } from "claviger";
import { expectTypeOf } from "vitest";
import * as express from "../../../express/src/index.js";
import * as hono from "../../../hono/src/index.js";
import * as koa from "../../../koa/src/index.js";

const scopes = defineScopes({ invoices: ["read", "write"] });

declare module "claviger" {
  interface Register {
    scopes: typeof scopes;
  }
}

type Scope = "invoices:read" | "invoices:write";
type Registered = ApiKey<Scope | "invoices:*" | "invoices:**" | "*:read" | "*:write" | "*:*" | "*:**" | "**">;

type HonoContext = Parameters<ReturnType<typeof hono.apiKeyAuth>>[0];

declare const keyring: Keyring<Scope>;

express.apiKeyAuth(keyring, { scopes: ["invoices:read"] });
koa.apiKeyAuth(keyring, { scopes: ["invoices:read"] });
hono.apiKeyAuth(keyring, { scopes: ["invoices:read"] });
express.requireScopes("invoices:read", "invoices:write");
koa.requireScopes("invoices:read", "invoices:write");
hono.requireScopes("invoices:read", "invoices:write");

// @ts-expect-error a scope outside the catalogue
express.requireScopes("invoices:send");
// @ts-expect-error
koa.requireScopes("invoices:read", "invoices:send");
// @ts-expect-error
hono.requireScopes("invoices:send");
// @ts-expect-error a wildcard is granted, not required
express.requireScopes("invoices:*");

export function grants(req: Express.Request, state: koa.ApiKeyState, c: HonoContext): void {
  expectTypeOf(req.apiKey).toEqualTypeOf<Registered>();
  expectTypeOf(state.apiKey).toEqualTypeOf<Registered>();
  expectTypeOf(c.get("apiKey")).toEqualTypeOf<Registered>();
}
