export { type Authenticate, authenticate } from "./authenticate.js";
export type { ApiKeyAuthOptions, FailedAttemptsLimit, PerRequest, Resources } from "./options.js";
export type { Admitted, Fields, Outcome, Refused } from "./outcome.js";
export { rateLimitFields } from "./rate-limit-fields.js";
export { type FetchRequest, fetchView, type NodeRequest, nodeView, type RequestView } from "./request-view.js";
export { type Require, requireScopes } from "./require-scopes.js";
export type { Verifier } from "./verifier.js";
