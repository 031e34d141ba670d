import { type ApiKeyAuthOptions, authenticate, nodeView, type Verifier } from "@claviger/http";
import {
  type ExpressMiddleware,
  type ExpressRequest,
  type ExpressResponse,
  send,
  setFields,
} from "./express-middleware.js";

/**
 * Express middleware: who is it? Sets `req.apiKey`, or answers 400, 401, 403, 429 or 503. Hooks get the request.
 *
 * @throws TypeError for an option that is not what it must be
 */
export function apiKeyAuth<Scope extends string, Request extends ExpressRequest = ExpressRequest>(
  keyring: Verifier<Scope>,
  options?: ApiKeyAuthOptions<NoInfer<Scope>, Request>,
): ExpressMiddleware<Request> {
  const decide = authenticate<Scope, Request>(keyring, options);
  const pass = async (req: Request, res: ExpressResponse, next: (error?: unknown) => void): Promise<void> => {
    try {
      const outcome = await decide(req, nodeView(req));
      if (!outcome.admitted) return send(res, outcome);
      req.apiKey = outcome.key;
      setFields(res, outcome.headers);
      next();
    } catch (error) {
      // Express 4 does not look at the promise of a middleware, so a failure is handed over here.
      next(error);
    }
  };
  return (req, res, next) => void pass(req, res, next);
}
