import type { Server } from "node:http";
import type { AddressInfo } from "node:net";
import type { Keyring } from "claviger";
import type { ApiKeyAuthOptions } from "../src/index.js";

/** A middleware to put before the handler: an `apiKeyAuth`, or a `requireScopes`. */
export type Guard =
  | { readonly auth: Keyring; readonly options?: ApiKeyAuthOptions<string, unknown> }
  | { readonly requires: readonly [string, ...string[]] };

/**
 * The one small API that each framework serves, all methods alike: the guards in their order, then a handler that
 * answers `{"key":"<id>"}` and looks at nothing but the path:
 *
 * - `/cached` sets `Cache-Control: public, max-age=60`
 * - `/fresh` answers with a response of its own making, where the framework has such a thing; `/fresh-cached` likewise,
 *   with that `Cache-Control`
 */
export type Serve = (guards: readonly Guard[]) => Promise<Served>;

export interface Served {
  readonly port: number;
  /** Requests that reached the handler. */
  readonly handled: () => number;
  close(): void;
}

export const CACHED = "public, max-age=60";

/** Serves on a free port of 127.0.0.1. */
export async function listening(server: Server, handled: () => number): Promise<Served> {
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return { port, handled, close: () => void server.close() };
}
