import { hasMethod } from "../client/has-method.js";
import type { ListenConnection } from "./listen-connection.js";

/** One attempt to listen, from the connection's opening to its end. */
export interface Listening {
  /** Ends the connection, or ends it as soon as it is open. Nothing is reported from now on. */
  end(): void;
}

/** What is reported of it. */
export interface ListeningReports {
  /** The connection is open; `LISTEN` is under way. */
  opened(): void;
  /** `LISTEN` has succeeded, which behind a transaction pooler means nothing. */
  listens(): void;
  heard(payload: string): void;
  /** The connection could not be opened, or is lost. Nothing is reported after it. */
  gone(): void;
}

export function startListening(
  connect: () => Promise<ListenConnection>,
  channel: string,
  report: ListeningReports,
): Listening {
  let connection: ListenConnection | undefined;
  let isOver = false;

  const end = (): void => {
    isOver = true;
    const open = connection;
    connection = undefined;
    open?.release(true);
  };
  const lose = (): void => {
    if (isOver) return;
    end();
    report.gone();
  };
  const open = async (): Promise<void> => {
    const opened = await connect();
    // Stays when the connection is over: an error that nobody listens for would end the process.
    opened.on("error", lose);
    opened.on("end", lose);
    connection = opened;
    if (isOver) return end();
    if (hasMethod(opened, "unref")) opened.unref();
    opened.on("notification", (message) => {
      if (!isOver && message.channel === channel && message.payload !== undefined) report.heard(message.payload);
    });
    report.opened();
    await opened.query(`LISTEN "${channel}"`);
    if (!isOver) report.listens();
  };
  open().catch(lose);
  return { end };
}
