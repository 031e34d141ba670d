import { once } from "node:events";
import { createServer } from "node:http";
import { type PostgresServer, startPostgres } from "./postgres-server.js";

/** Names the variable by which the processes that run tests find the broker. */
export const BROKER_VARIABLE = "CLAVIGER_TEST_POSTGRES";

/**
 * A global setup of vitest: one server for all workers, started when the first of them asks for it, so that a run
 * without a database test does not pay. `DATABASE_URL`, when set, is handed out instead.
 *
 * @returns the teardown
 */
export async function setup(): Promise<() => Promise<void>> {
  let starting: Promise<PostgresServer> | undefined;
  const serverUrl = async (): Promise<string> => {
    if (process.env.DATABASE_URL) return process.env.DATABASE_URL;
    starting ??= startPostgres();
    return (await starting).url;
  };
  const broker = createServer((_, response) => {
    serverUrl().then(
      (url) => response.end(url),
      (error: unknown) => response.writeHead(500).end(String(error)),
    );
  });
  broker.listen(0, "127.0.0.1");
  await once(broker, "listening");
  broker.unref();
  const address = broker.address();
  if (address === null || typeof address === "string") throw new Error("the broker has no port");
  process.env[BROKER_VARIABLE] = `http://127.0.0.1:${address.port}/`;

  return async () => {
    broker.close();
    broker.closeAllConnections();
    await (await starting?.catch(() => undefined))?.remove();
  };
}
