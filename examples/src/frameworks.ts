import type { RequestListener } from "node:http";
import type { Keyring, RegisteredScope } from "claviger";
import { expressApi } from "./express.js";
import { honoApi } from "./hono.js";
import type { Invoicing } from "./invoicing.js";
import { koaApi } from "./koa.js";

export type Framework = "express" | "hono" | "koa";

/** The invoicing API on a framework, for Node's own HTTP server. */
export type CreateApi = (keyring: Keyring<RegisteredScope>, invoicing: Invoicing) => RequestListener;

export const APIS: { readonly [Name in Framework]: { readonly title: string; readonly create: CreateApi } } = {
  express: { title: "Express", create: expressApi },
  hono: { title: "Hono", create: honoApi },
  koa: { title: "Koa", create: koaApi },
};

export const FRAMEWORKS: readonly Framework[] = ["express", "hono", "koa"];
