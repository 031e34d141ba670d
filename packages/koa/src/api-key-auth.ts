import { type ApiKeyAuthOptions, authenticate, nodeView, type Verifier } from "@claviger/http";
import { type KoaContext, type KoaMiddleware, send, setFields } from "./koa-middleware.js";

/**
 * Koa middleware: who is it? Sets `ctx.state.apiKey`, or answers 400, 401, 403, 429 or 503. Hooks get the context.
 *
 * @throws TypeError for an option that is not what it must be
 */
export function apiKeyAuth<Scope extends string, Context extends KoaContext = KoaContext>(
  keyring: Verifier<Scope>,
  options?: ApiKeyAuthOptions<NoInfer<Scope>, Context>,
): KoaMiddleware<Context> {
  const { atOnce } = authenticate<Scope, Context>(keyring, options);
  return async (ctx, next) => {
    const deciding = atOnce(ctx, nodeView(ctx.req));
    const outcome = "admitted" in deciding ? deciding : await deciding;
    if (!outcome.admitted) return send(ctx, outcome);
    ctx.state.apiKey = outcome.key;
    setFields(ctx, outcome.headers);
    await next();
  };
}
