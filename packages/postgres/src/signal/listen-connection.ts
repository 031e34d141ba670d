import { describeKind } from "@claviger/core";
import { hasMethod } from "../client/has-method.js";
import { callQuietly } from "./call-quietly.js";

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

const METHODS = ["query", "on", "release"] as const satisfies readonly (keyof ListenConnection)[];

/** @throws TypeError saying what it lacks, and nothing of it */
export function checkListenConnection(given: unknown): asserts given is ListenConnection {
  const missing = METHODS.filter((name) => !hasMethod(given, name));
  if (missing.length === 0) return;
  throw new TypeError(
    `listen must give a connection with query, on and release, as connect of a Pool does; got ${describeKind(given)} without ${missing.join(", ")}`,
  );
}

/** Ends what `listen` gave, in the way that it has, a bare Client too: each attempt would leave another behind. */
export function discard(given: unknown): void {
  if (hasMethod(given, "release")) callQuietly(given, "release", true);
  else callQuietly(given, "end");
}
