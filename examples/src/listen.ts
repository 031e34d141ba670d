import { once } from "node:events";
import { createServer, type RequestListener } from "node:http";

export interface RunningServer {
  /** `http://127.0.0.1:` and the port; no slash at the end. */
  readonly url: string;
  /** Ends it, and the connections that clients keep open. */
  close(): Promise<void>;
}

/**
 * Serves an API on 127.0.0.1.
 *
 * @param port 0: any free one
 * @throws the system's error, such as EADDRINUSE
 */
export async function listen(api: RequestListener, port: number): Promise<RunningServer> {
  const server = createServer(api);
  server.listen(port, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("the server listens on no TCP port");
  return {
    url: `http://127.0.0.1:${address.port}`,
    async close() {
      const closed = once(server, "close");
      server.close();
      server.closeAllConnections();
      await closed;
    },
  };
}
