// The process of one contestant: serves one framework's trivial route behind one guard until its parent ends it.

import { once } from "node:events";
import type { Server } from "node:http";
import type { AddressInfo } from "node:net";
import { answerParent } from "@claviger/testing";
import type { Framework, Guard } from "./contestants.js";
import { expressApp } from "./express-app.js";
import { honoApp } from "./hono-app.js";
import { issueKeys, type KnownKeys } from "./keys.js";
import { koaApp } from "./koa-app.js";

/** What a process is started for. */
export interface ServeTerms {
  readonly framework: Framework;
  readonly guard: Guard;
  readonly keys: number;
}

/** Where a contestant serves, and what opens it. */
export interface Served {
  readonly url: string;
  readonly tokens: readonly string[];
}

const APPS: Readonly<Record<Framework, (guard: Guard, keys: KnownKeys) => Server>> = {
  express: expressApp,
  hono: honoApp,
  koa: koaApp,
};

answerParent<ServeTerms, "where", Served>(async ({ framework, guard, keys }) => {
  const known = await issueKeys(keys);
  const server = APPS[framework](guard, known).listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  return async () => ({ url: `http://127.0.0.1:${port}/`, tokens: known.tokens });
});
