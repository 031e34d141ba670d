import type { Fields, Refused } from "@claviger/http";
import type { Context } from "hono";

/** Adds the fields that the response lacks. A field that the handler set stays. */
export function addFields(c: Context, fields: Fields): void {
  const missing = Object.entries(fields).filter(([name]) => !c.res.headers.has(name));
  try {
    for (const [name, value] of missing) c.res.headers.set(name, value);
  } catch {
    // The headers of `Response.redirect()` and `fetch()` are immutable. `c.header` copies the response, which costs
    // @hono/node-server more than all else does, so it comes second.
    for (const [name, value] of missing) c.header(name, value);
  }
}

export function send(c: Context, refused: Refused): Response {
  return c.body(refused.body, refused.status, { ...refused.headers });
}
