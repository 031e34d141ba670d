import { requireScopes as requirement } from "@claviger/http";
import type { RegisteredScope } from "claviger";
import { type ExpressMiddleware, send } from "./express-middleware.js";

/**
 * Express middleware behind `apiKeyAuth`: may it? Answers 403 where the key does not cover all of the scopes.
 *
 * @throws TypeError without scopes, and for what is no scope
 */
export function requireScopes(...scopes: readonly [RegisteredScope, ...RegisteredScope[]]): ExpressMiddleware {
  const decide = requirement(...scopes);
  // What `decide` throws, Express hands to its error handlers.
  return (req, res, next) => {
    const refused = decide(req);
    if (refused === undefined) next();
    else send(res, refused);
  };
}
