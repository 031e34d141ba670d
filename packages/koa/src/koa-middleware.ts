import type { Fields, NodeRequest, Refused } from "@claviger/http";
import type { ApiKey, RegisteredGrant } from "claviger";

/**
 * What is used of Koa's context. Koa brings no types of its own, and not everyone has @types/koa: this is a part of
 * what those say, so that the middleware fits them and compiles without.
 */
export interface KoaContext {
  readonly req: NodeRequest;
  status: number;
  body: unknown;
  set(field: string, value: string): void;
}

/** What `apiKeyAuth` adds to `ctx.state`: a router that stands behind it is a `Router<ApiKeyState>`. */
export interface ApiKeyState {
  apiKey: ApiKey<RegisteredGrant>;
}

/** From the state that it asks for, `app.use` learns what the context of the middleware behind it holds. */
export type KoaMiddleware<Context extends KoaContext = KoaContext> = (
  ctx: Context & { state: ApiKeyState },
  next: () => Promise<unknown>,
) => Promise<void>;

export function setFields(ctx: KoaContext, fields: Fields): void {
  for (const [name, value] of Object.entries(fields)) ctx.set(name, value);
}

export function send(ctx: KoaContext, refused: Refused): void {
  ctx.status = refused.status;
  setFields(ctx, refused.headers);
  ctx.body = refused.body;
}
