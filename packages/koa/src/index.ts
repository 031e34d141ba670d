export { apiKeyAuth } from "./api-key-auth.js";
export type { ApiKeyState, KoaContext, KoaMiddleware } from "./koa-middleware.js";
export { requireScopes } from "./require-scopes.js";
