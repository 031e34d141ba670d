import type { RawHeaders } from "./raw-headers.js";

/** All that authentication looks at in a request, whatever the framework. */
export interface RequestView {
  /** The request itself: what the verdict is attached to. The same object for every middleware. */
  readonly raw: object;
  readonly rawHeaders: RawHeaders;
  /** The address at the other end of the socket. */
  readonly peer: string | undefined;
}

/** What is used of Node's `IncomingMessage`. */
export interface NodeRequest {
  readonly rawHeaders: RawHeaders;
  readonly socket: { readonly remoteAddress?: string | undefined };
}

/** What is used of a Fetch `Request`. */
export interface FetchRequest {
  readonly headers: Iterable<readonly [name: string, value: string]>;
}

export function nodeView(request: NodeRequest): RequestView {
  return { raw: request, rawHeaders: request.rawHeaders, peer: request.socket.remoteAddress };
}

/**
 * Where there is nothing but a Fetch `Request`: no socket, so no peer, and repeated lines are joined by `, `
 * (Fetch §2.2.2, "get"). The joined value holds a space, so it is no credential either.
 *
 * @param raw the request's identity, where that is not the request itself
 */
export function fetchView(request: FetchRequest, raw: object = request): RequestView {
  return { raw, rawHeaders: [...request.headers].flat(), peer: undefined };
}
