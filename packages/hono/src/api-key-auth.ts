import { type ApiKeyAuthOptions, authenticate, type Verifier } from "@claviger/http";
import type { ApiKey, RegisteredGrant } from "claviger";
import type { Context, MiddlewareHandler } from "hono";
import { addFields, send } from "./send.js";
import { viewOf } from "./view-of.js";

declare module "hono" {
  interface ContextVariableMap {
    /** The key that the request was admitted with; there behind `apiKeyAuth`. */
    apiKey: ApiKey<RegisteredGrant>;
  }
}

/**
 * Hono middleware: who is it? Sets `c.get("apiKey")`, or answers 400, 401, 403, 429 or 503. Hooks get the context.
 *
 * @throws TypeError for an option that is not what it must be
 */
export function apiKeyAuth<Scope extends string>(
  keyring: Verifier<Scope>,
  options?: ApiKeyAuthOptions<NoInfer<Scope>, Context>,
): MiddlewareHandler {
  const { atOnce } = authenticate<Scope, Context>(keyring, options);
  return async (c, next) => {
    const deciding = atOnce(c, viewOf(c));
    const outcome = "admitted" in deciding ? deciding : await deciding;
    if (!outcome.admitted) return send(c, outcome);
    c.set("apiKey", outcome.key);
    await next();
    // Afterwards, for a handler that returns a `Response` of its own does not take over what was set before.
    addFields(c, outcome.headers);
    return undefined;
  };
}
