import { requireScopes as requirement } from "@claviger/http";
import type { RegisteredScope } from "claviger";
import { type KoaMiddleware, send } from "./koa-middleware.js";

/**
 * Koa middleware behind `apiKeyAuth`: may it? Answers 403 where the key does not cover all of the scopes.
 *
 * @throws TypeError without scopes, and for what is no scope
 */
export function requireScopes(...scopes: readonly [RegisteredScope, ...RegisteredScope[]]): KoaMiddleware {
  const decide = requirement(...scopes);
  return async (ctx, next) => {
    const refused = decide(ctx.req);
    if (refused !== undefined) return send(ctx, refused);
    await next();
  };
}
