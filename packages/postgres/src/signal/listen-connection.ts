/** As much of a connection as listening takes: what `connect` of a Pool of `pg` or of Neon gives. */
export interface ListenConnection {
  query(text: string): Promise<unknown>;
  on(event: "notification", listener: (message: { channel: string; payload?: string | undefined }) => void): unknown;
  on(event: "error", listener: (error: Error) => void): unknown;
  on(event: "end", listener: () => void): unknown;
  /** Gives it back; with true it is ended. */
  release(isEnded: boolean): void;
  /** Lets the process end while the connection is open. */
  unref?(): void;
}
