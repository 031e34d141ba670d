import { requireScopes as requirement } from "@claviger/http";
import type { RegisteredScope } from "claviger";
import type { MiddlewareHandler } from "hono";
import { send } from "./send.js";
import { viewOf } from "./view-of.js";

/**
 * Hono middleware behind `apiKeyAuth`: may it? Answers 403 where the key does not cover all of the scopes.
 *
 * @throws TypeError without scopes, and for what is no scope
 */
export function requireScopes(...scopes: readonly [RegisteredScope, ...RegisteredScope[]]): MiddlewareHandler {
  const decide = requirement(...scopes);
  return async (c, next) => {
    const refused = decide(viewOf(c).raw);
    if (refused !== undefined) return send(c, refused);
    await next();
    return undefined;
  };
}
