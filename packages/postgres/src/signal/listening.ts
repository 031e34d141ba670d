import { reasonOf } from "../client/fault.js";
import { callQuietly } from "./call-quietly.js";
import { checkListenConnection, discard, type ListenConnection } from "./listen-connection.js";

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
  /**
   * The connection could not be opened, is none, or is lost. Nothing is reported after it.
   *
   * @param cause in words for a person
   */
  gone(cause: string): void;
}

export function startListening(
  connect: () => Promise<ListenConnection>,
  channel: string,
  report: ListeningReports,
): Listening {
  let connection: unknown;
  let isOver = false;

  const end = (): void => {
    isOver = true;
    const open = connection;
    connection = undefined;
    discard(open);
  };
  const lose = (cause: unknown): void => {
    if (isOver) return;
    end();
    report.gone(reasonOf(cause));
  };
  const open = async (): Promise<void> => {
    const opened: unknown = await connect();
    // Stays when the connection is over: an error that nobody listens for would end the process.
    callQuietly(opened, "on", "error", lose);
    if (isOver) return discard(opened);
    connection = opened;
    checkListenConnection(opened);
    opened.on("end", () => lose(new Error("the connection ended")));
    callQuietly(opened, "unref");
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
