// What an application writes against the packed declarations, compiled as an ES module and as CommonJS: names resolve,
// keys and verdicts are typed without a cast, and what must not compile does not.

import { type createTable, dynamodbStore } from "@claviger/dynamodb";
import { type ExpressRequest, apiKeyAuth as expressAuth, requireScopes } from "@claviger/express";
import { apiKeyAuth as honoAuth } from "@claviger/hono";
import { type ApiKeyState, apiKeyAuth as koaAuth } from "@claviger/koa";
import { memoryStore } from "@claviger/memory";
import { migrations, postgresStore } from "@claviger/postgres";
import { type StoreUnderTest, storeConformance } from "@claviger/store-conformance";
import { type ApiKey, ClavigerError, createKeyring, defineScopes, type Store } from "claviger";
import { Hono } from "hono";

const scopes = defineScopes({ invoices: ["read", "write"] });

declare module "claviger" {
  interface Register {
    scopes: typeof scopes;
  }
}

const stores: readonly Store[] = [memoryStore(), postgresStore({ client: { query: async () => ({ rows: [] }) } })];
const keyring = createKeyring({ store: stores[0] ?? memoryStore(), prefix: "acme_live", scopes });

export async function firstKey(): Promise<string> {
  const { key, token } = await keyring.create({ owner: "user_1", name: "Export", scopes: ["invoices:read"] });
  // @ts-expect-error the catalogue holds no such scope
  await keyring.create({ owner: "user_1", name: "Export", scopes: ["invoices:raed"] });
  const verdict = await keyring.verify(token, { scopes: ["invoices:read"] });
  // @ts-expect-error there is a key only after `ok`
  verdict.key;
  return verdict.ok ? verdict.key.id : `${verdict.code} ${key.id}`;
}

export const express = [expressAuth(keyring, { realm: "api" }), requireScopes("invoices:read")];
// @ts-expect-error the registered catalogue holds no such scope
export const misspelt = requireScopes("invoices:raed");

export const ownerOf = (request: ExpressRequest): string => request.apiKey.owner;
export const stateOwner = (state: ApiKeyState): string => state.apiKey.owner;

export const hono = new Hono().use(honoAuth(keyring)).get("/", (c) => c.text(c.get("apiKey").owner));
export const koa = koaAuth(keyring);

type DynamoClient = Parameters<typeof createTable>[0];
export const inDynamoDb = (client: DynamoClient): Store => dynamodbStore({ client, table: "claviger" });
export const printed: readonly string[] = migrations({ schema: "keys" }).map(({ sql }) => sql);

export const createStore = (): StoreUnderTest => ({ store: memoryStore(), openAnother: memoryStore });
const ignore = (): void => {};
storeConformance({
  name: "memoryStore",
  createStore,
  runner: { describe: (_, body) => body(), it: ignore, beforeEach: ignore, afterEach: ignore },
});

export const isConflict = (error: unknown): boolean => error instanceof ClavigerError && error.code === "conflict";
export const label = ({ id, name }: ApiKey): string => `${name} (${id})`;
