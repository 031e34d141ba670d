import { fetchView, type NodeRequest, nodeView, type RequestView } from "@claviger/http";
import type { Context } from "hono";

// Some middleware replaces `c.req.raw` by a copy (body-limit does); a request stays who it was when it was first seen.
const firstSeen = new WeakMap<Context, object>();

/** On Node the request as it came in, with every header line and a socket; elsewhere the Fetch `Request`. */
export function viewOf(c: Context): RequestView {
  const incoming: unknown = c.env?.incoming;
  if (isNodeRequest(incoming)) return nodeView(incoming);
  const raw = firstSeen.get(c) ?? c.req.raw;
  firstSeen.set(c, raw);
  return fetchView(c.req.raw, raw);
}

// @hono/node-server passes Node's request in the environment, as its `HttpBindings` say.
function isNodeRequest(incoming: unknown): incoming is NodeRequest {
  return typeof incoming === "object" && incoming !== null && "rawHeaders" in incoming && "socket" in incoming;
}
