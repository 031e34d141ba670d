import { type ApiKeyConfigurationOptions, apiKey } from "@better-auth/api-key";
import { type BetterAuthOptions, betterAuth } from "better-auth";
import { memoryAdapter } from "better-auth/adapters/memory";
import { getMigrations } from "better-auth/db/migration";
import type pg from "pg";
import { type Contestant, nothingToClose } from "../contestant.js";
import { tokenBook } from "../tokens/token-book.js";

const PERMISSIONS = { invoices: ["read", "write"], payments: ["read"] };
const REQUIRED = { invoices: ["read"] };
const PROVED = 5;
const MADE_AT_ONCE = 20;

/** Its limit of ten requests a day is on by default; so much is never refused. */
const COUNTING = { enabled: true, maxRequests: 2_000_000_000, timeWindow: 86_400_000 };
const WITHOUT_COUNTING = { enabled: false };

/**
 * better-auth's plugin over its own memory adapter, by its documentation, with its rate limit off: its fastest way. The
 * adapter goes through all keys for each one that it looks for.
 */
export function betterAuthMemory(keys: number): Promise<Contestant> {
  const database = memoryAdapter({ user: [], session: [], account: [], verification: [], apikey: [] });
  return contestant("better-auth, its memory adapter", { database }, { rateLimit: WITHOUT_COUNTING }, keys);
}

/** The same with keys in a secondary storage, which here is a `Map`: nothing is nearer. */
export function betterAuthMap(keys: number): Promise<Contestant> {
  const options: ApiKeyConfigurationOptions = {
    storage: "secondary-storage",
    customStorage: mapStorage(),
    rateLimit: WITHOUT_COUNTING,
  };
  const database = memoryAdapter({ user: [], session: [], account: [], verification: [], apikey: [] });
  return contestant("better-auth, a Map", { database }, options, keys);
}

/** On PostgreSQL through the same pool, which it wraps with Kysely, its tables made by its own migration. */
export async function betterAuthPostgres(pool: pg.Pool, keys: number, isCounting: boolean): Promise<Contestant> {
  const rateLimit = isCounting ? COUNTING : WITHOUT_COUNTING;
  const { runMigrations } = await getMigrations(authOptions({ database: pool }, { rateLimit }));
  await runMigrations();
  const name = isCounting ? "better-auth" : "better-auth, its rate limit off";
  return contestant(name, { database: pool }, { rateLimit }, keys);
}

function mapStorage(): NonNullable<ApiKeyConfigurationOptions["customStorage"]> {
  const map = new Map<string, string>();
  return {
    get: (key) => map.get(key) ?? null,
    set: (key, value) => void map.set(key, value),
    delete: (key) => void map.delete(key),
    getAndDelete: (key) => {
      const value = map.get(key) ?? null;
      map.delete(key);
      return value;
    },
    increment: (key) => {
      const count = Number(map.get(key) ?? 0) + 1;
      map.set(key, String(count));
      return count;
    },
  };
}

async function contestant(
  name: string,
  options: Pick<BetterAuthOptions, "database">,
  keyOptions: ApiKeyConfigurationOptions,
  keys: number,
): Promise<Contestant> {
  const { api } = betterAuth(authOptions(options, keyOptions));
  const make = (owner: number) =>
    api.createApiKey({ body: { userId: `user_${owner}`, name: "export", permissions: PERMISSIONS } });
  const tokens: string[] = [];
  while (tokens.length < keys) {
    const owners = Array.from({ length: Math.min(MADE_AT_ONCE, keys - tokens.length) }, (_, n) => tokens.length + n);
    tokens.push(...(await Promise.all(owners.map(make))).map(({ key }) => key));
  }
  const good = tokens.slice(0, PROVED);
  return {
    name,
    asked: tokenBook(tokens),
    proof: { good, bad: good.map((token) => `${token.slice(0, -1)}${token.endsWith("a") ? "b" : "a"}`) },
    verify: (key) => api.verifyApiKey({ body: { key, permissions: REQUIRED } }),
    accepts: (answer) => typeof answer === "object" && answer !== null && "valid" in answer && answer.valid === true,
    close: nothingToClose,
  };
}

function authOptions(options: Pick<BetterAuthOptions, "database">, keyOptions: ApiKeyConfigurationOptions) {
  return {
    ...options,
    secret: "of the benchmark, at least 32 characters",
    baseURL: "http://localhost",
    logger: { disabled: true },
    telemetry: { enabled: false },
    plugins: [apiKey(keyOptions)],
  } satisfies BetterAuthOptions;
}
