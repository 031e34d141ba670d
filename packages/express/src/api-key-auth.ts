import { type ApiKeyAuthOptions, authenticate, nodeView, type Outcome, type Verifier } from "@claviger/http";
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
  const { atOnce } = authenticate<Scope, Request>(keyring, options);
  return (req, res, next) => {
    let outcome: Outcome | Promise<Outcome>;
    try {
      outcome = atOnce(req, nodeView(req));
    } catch (error) {
      return next(error);
    }
    if ("admitted" in outcome) return conclude(req, res, next, outcome);
    // Express 4 does not look at the promise of a middleware, so a failure is handed over here.
    outcome.then((settled) => conclude(req, res, next, settled), next);
  };
}

// What `next` throws itself is not handed to it: it would go on a second time.
function conclude(req: ExpressRequest, res: ExpressResponse, next: (error?: unknown) => void, outcome: Outcome): void {
  try {
    if (outcome.admitted) {
      req.apiKey = outcome.key;
      setFields(res, outcome.headers);
    } else send(res, outcome);
  } catch (error) {
    next(error);
    return;
  }
  if (outcome.admitted) next();
}
