import { once } from "node:events";
import { connect, type Socket } from "node:net";
import { messageSplitter, startupMessage, type WireMessage } from "./wire.js";

/** One connection to the server, which takes transactions of whichever client. */
export interface ServerConnection {
  readonly socket: Socket;
  /** What the server told of itself when the connection began: its ParameterStatus messages. */
  readonly greeting: Buffer;
  /** Who hears what the server says, at the moment. */
  listener: (message: WireMessage) => void;
}

/** Opens a connection to a server that trusts whoever comes. */
export async function openServerConnection(url: URL): Promise<ServerConnection> {
  const socket = connect(Number(url.port), url.hostname);
  await once(socket, "connect");
  socket.setNoDelay(true);
  socket.on("error", () => socket.destroy());
  socket.write(startupMessage({ user: url.username, database: url.pathname.slice(1), client_encoding: "UTF8" }));
  const split = messageSplitter();
  const greeting: Buffer[] = [];
  let listener: ServerConnection["listener"] = () => {};
  const ready = new Promise<void>((resolve, reject) => {
    socket.once("close", () => reject(new Error("the server closed a connection of the pooler's")));
    listener = ({ type, bytes }) => {
      if (type === "S") greeting.push(Buffer.from(bytes));
      if (type === "E") reject(new Error(`the server refused the pooler: ${bytes.toString()}`));
      if (type === "Z") resolve();
    };
  });
  const connection = { socket, greeting: Buffer.alloc(0), listener };
  socket.on("data", (chunk: Buffer) => {
    for (const message of split(chunk)) connection.listener(message);
  });
  await ready;
  return Object.assign(connection, { greeting: Buffer.concat(greeting) });
}
