export { apiKeyAuth } from "./api-key-auth.js";
export { requireScopes } from "./require-scopes.js";
