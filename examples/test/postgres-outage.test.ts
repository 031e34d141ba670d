import { migrate, postgresStore } from "@claviger/postgres";
import { type PostgresServer, startPostgres } from "@claviger/testing";
import pg from "pg";
import { afterAll, beforeAll, expect, it } from "vitest";
import { APIS, FRAMEWORKS } from "../src/frameworks.js";
import { createInvoicing } from "../src/invoicing.js";
import { createInvoicingKeyring } from "../src/keyring.js";
import { listen } from "../src/listen.js";

const CONNECTIONS = 20;
const ROUNDS_AFTER_THE_STOP = 5;

let postgres: PostgresServer;
let pool: pg.Pool;

beforeAll(async () => {
  postgres = await startPostgres();
  pool = new pg.Pool({ connectionString: postgres.url, max: CONNECTIONS });
  pool.on("error", () => {});
  await migrate(pool);
});

afterAll(async () => {
  await pool.end();
  await postgres.remove();
});

/** Asks many times at once; the statuses of good tokens and of a wrong one, and what came with a 503. */
async function askAtOnce(url: string, good: string, wrong: string) {
  const tokens = Array.from({ length: 2 * CONNECTIONS }, (_, index) => (index % 4 === 3 ? wrong : good));
  return Promise.all(
    tokens.map(async (token) => {
      const response = await fetch(`${url}/v1/invoices`, { headers: { authorization: `Bearer ${token}` } });
      await response.arrayBuffer();
      return { isGood: token === good, status: response.status, retryAfter: response.headers.get("retry-after") };
    }),
  );
}

it.each(FRAMEWORKS)(
  "promise 4: PostgreSQL stopped while %s serves is 503 with Retry-After, never 200 to a wrong token nor 401 to a good one; back without a restart",
  async (framework) => {
    const keyring = createInvoicingKeyring({
      store: postgresStore({ client: pool }),
      peppers: [{ id: "test", secret: new Uint8Array(32).fill(7) }],
    });
    const server = await listen(APIS[framework].create(keyring, createInvoicing()), 0);
    const { key, token: good } = await keyring.create({ owner: "anna", name: framework, scopes: ["invoices:read"] });
    const { token: wrong } = await keyring.create({ owner: "anna", name: `${framework}, revoked` });
    await keyring.revoke((await keyring.list({ search: "revoked", pageSize: 1 })).items[0]?.id ?? "");

    const before = await askAtOnce(server.url, good, wrong);
    for (const { isGood, status } of before) expect(status).toBe(isGood ? 200 : 401);

    const underWay = askAtOnce(server.url, good, wrong);
    await postgres.stop();
    const stopped = [];
    for (let round = 0; round < ROUNDS_AFTER_THE_STOP; round += 1) {
      stopped.push(...(await askAtOnce(server.url, good, wrong)));
    }
    for (const { isGood, status, retryAfter } of await underWay) {
      expect([isGood ? 200 : 401, 503]).toContain(status);
      expect(retryAfter === null).toBe(status !== 503);
    }
    for (const answer of stopped) expect(answer).toMatchObject({ status: 503, retryAfter: "5" });

    await postgres.start();
    for (const { isGood, status } of await askAtOnce(server.url, good, wrong)) expect(status).toBe(isGood ? 200 : 401);
    await keyring.delete(key.id);
    await server.close();
  },
);
