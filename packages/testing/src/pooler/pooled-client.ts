import type { Socket } from "node:net";
import type { ServerConnection } from "./server-connection.js";
import type { ServerConnections } from "./server-connections.js";
import { messageSplitter, openingOf, splitOpening, type WireMessage, wireMessage } from "./wire.js";

/** Query, FunctionCall and Sync: the server answers each by a ReadyForQuery. */
const ASKS_FOR_READY: readonly string[] = ["Q", "F", "S"];
const READY = "Z";
const NOTIFICATION = "A";
const TERMINATE = "X";
const IDLE = "I".charCodeAt(0);

/** Serves a client that has just connected. It believes to have a server of its own. */
export function serveClient(socket: Socket, connections: ServerConnections, greeting: Buffer): void {
  socket.setNoDelay(true);
  socket.on("error", () => socket.destroy());
  let pending = Buffer.alloc(0);
  const open = (chunk: Buffer): void => {
    pending = Buffer.concat([pending, chunk]);
    const split = splitOpening(pending);
    if (split === undefined) return;
    const [opening, rest] = split;
    pending = Buffer.from(rest);
    const kind = openingOf(opening);
    if (kind === "other") socket.destroy();
    if (kind === "encryption") socket.write("N");
    if (kind !== "startup") return;
    socket.off("data", open);
    const authenticationOk = wireMessage("R", Buffer.alloc(4));
    const backendKey = wireMessage("K", Buffer.alloc(8));
    socket.write(Buffer.concat([authenticationOk, greeting, backendKey, wireMessage(READY, Buffer.from("I"))]));
    const take = pool(socket, connections);
    socket.on("data", take);
    if (rest.length > 0) take(rest);
  };
  socket.on("data", open);
}

/** Hands each transaction of a client's to a connection other than the last one's. */
function pool(socket: Socket, connections: ServerConnections): (chunk: Buffer) => void {
  const split = messageSplitter();
  const unsent: WireMessage[] = [];
  let held: ServerConnection | undefined;
  let last: ServerConnection | undefined;
  let isLending = false;
  let isAwaitingReady = false;

  const hear = ({ type, bytes }: WireMessage): void => {
    // They come to whom the connection has been lent by now, so a transaction pooler has nobody to give them to.
    if (type === NOTIFICATION) return;
    socket.write(bytes);
    if (type !== READY) return;
    isAwaitingReady = false;
    if (bytes[5] === IDLE && held !== undefined) {
      last = held;
      held = undefined;
      connections.giveBack(last);
    }
    send();
  };
  const borrow = async (): Promise<void> => {
    isLending = true;
    const lent = await connections.lend(last);
    isLending = false;
    if (socket.destroyed) return connections.giveBack(lent);
    held = lent;
    held.listener = hear;
    send();
  };
  const send = (): void => {
    while (!isAwaitingReady && unsent.length > 0) {
      if (held === undefined) {
        if (!isLending) void borrow();
        return;
      }
      const message = unsent.shift();
      if (message === undefined) return;
      held.socket.write(message.bytes);
      isAwaitingReady = ASKS_FOR_READY.includes(message.type);
    }
  };

  socket.on("close", () => {
    if (held !== undefined) void connections.discard(held).catch(() => {});
    held = undefined;
  });
  return (chunk) => {
    for (const message of split(chunk)) {
      if (message.type === TERMINATE) socket.end();
      else unsent.push(message);
    }
    send();
  };
}
