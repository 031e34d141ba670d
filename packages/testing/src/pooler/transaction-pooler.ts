import { once } from "node:events";
import { createServer, type Socket } from "node:net";
import { serveClient } from "./pooled-client.js";
import { openServerConnection } from "./server-connection.js";
import { openServerConnections } from "./server-connections.js";

/** What stands between clients and a server as PgBouncer does with `pool_mode = transaction`, and Supabase and others. */
export interface TransactionPooler {
  /** Where clients find it: like the server's, but for the port. */
  readonly url: string;
  /** Cuts whoever is connected, on both sides. */
  close(): Promise<void>;
}

/**
 * Starts a pooler that is as unkind as one may be: every transaction of a client's, which a statement without a `BEGIN`
 * is too, goes to another connection than the one before. So no prepared statement is where it was made, and
 * notifications reach nobody, although `LISTEN` succeeds. It knows no COPY from the client, and passes no cancellation on.
 *
 * @param serverUrl of a server that asks for no password
 * @param size how many connections it has to the server, at least two
 */
export async function startTransactionPooler(serverUrl: string, size: number): Promise<TransactionPooler> {
  if (!(size >= 2)) throw new RangeError(`size must be at least 2; got ${size}`);
  const target = new URL(serverUrl);
  const { greeting, socket } = await openServerConnection(target);
  socket.destroy();
  const connections = await openServerConnections(target, size);
  const clients = new Set<Socket>();
  const server = createServer((client) => {
    clients.add(client);
    client.once("close", () => clients.delete(client));
    serveClient(client, connections, greeting);
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("the pooler has no port");
  const url = new URL(serverUrl);
  url.hostname = "127.0.0.1";
  url.port = String(address.port);
  return {
    url: url.href,
    close: async () => {
      server.close();
      for (const client of clients) client.destroy();
      connections.end();
      await once(server, "close");
    },
  };
}
