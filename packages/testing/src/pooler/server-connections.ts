import { openServerConnection, type ServerConnection } from "./server-connection.js";

/** Some connections to the server, lent for a transaction at a time. */
export interface ServerConnections {
  /** The one that has been idle for longest, but not this one: waits until there is another. */
  lend(other: ServerConnection | undefined): Promise<ServerConnection>;
  giveBack(connection: ServerConnection): void;
  /** Ends one that was left in the middle of something, and puts a fresh one in its place. */
  discard(connection: ServerConnection): Promise<void>;
  end(): void;
}

interface Waiting {
  readonly other: ServerConnection | undefined;
  readonly resolve: (connection: ServerConnection) => void;
}

/** @param size at least two, so that there is another one */
export async function openServerConnections(url: URL, size: number): Promise<ServerConnections> {
  const idle = await Promise.all(Array.from({ length: size }, () => openServerConnection(url)));
  const open = new Set(idle);
  const waiting: Waiting[] = [];

  const take = (other: ServerConnection | undefined): ServerConnection | undefined => {
    const place = idle.findIndex((one) => one !== other);
    return place < 0 ? undefined : idle.splice(place, 1)[0];
  };
  const giveBack = (connection: ServerConnection): void => {
    connection.listener = () => {};
    idle.push(connection);
    for (const [place, { other, resolve }] of waiting.entries()) {
      const lent = take(other);
      if (lent === undefined) continue;
      waiting.splice(place, 1);
      resolve(lent);
      return;
    }
  };
  return {
    lend: async (other) => take(other) ?? new Promise((resolve) => waiting.push({ other, resolve })),
    giveBack,
    discard: async (connection) => {
      open.delete(connection);
      connection.socket.destroy();
      const fresh = await openServerConnection(url);
      open.add(fresh);
      giveBack(fresh);
    },
    end: () => {
      for (const { socket } of open) socket.destroy();
    },
  };
}
