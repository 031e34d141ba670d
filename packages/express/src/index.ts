export { apiKeyAuth } from "./api-key-auth.js";
export type { ExpressMiddleware, ExpressRequest, ExpressResponse } from "./express-middleware.js";
export { requireScopes } from "./require-scopes.js";
