import { type ApiKey, ClavigerError, type Denied, type LimitState, type RegisteredGrant, type Verdict } from "claviger";
import { answerDenied, missingCredential, unavailable, unusableCredential } from "./answer.js";
import type { Asked } from "./asked.js";
import { attach, attachedBy } from "./attached.js";
import { attemptsOf } from "./attempts-of.js";
import { countFailure } from "./count-failure.js";
import { type PresentedToken, readCredential } from "./credentials.js";
import type { ApiKeyAuthOptions } from "./options.js";
import { type Fields, NO_FIELDS, type Outcome, type Refused } from "./outcome.js";
import { rateLimitFields } from "./rate-limit-fields.js";
import type { RequestView } from "./request-view.js";
import { reverify } from "./reverify.js";
import { readSettings } from "./settings.js";
import type { Verifier } from "./verifier.js";

/** Decides on a request. Rejects where a hook failed: the framework answers 500. */
export type Authenticate<Request> = (request: Request, view: RequestView) => Promise<Outcome>;

/**
 * What `apiKeyAuth` does, without a framework: who is it, and may it? Answers 400, 401 and 403 by RFC 6750 §3.1, 429 by
 * RFC 6585 §4, and 503 while the store cannot be asked. A request is charged once, however often it is looked at.
 *
 * @throws TypeError for an option that is not what it must be
 */
export function authenticate<Scope extends string, Request>(
  keyring: Verifier<Scope>,
  options: ApiKeyAuthOptions<Scope, Request> = {},
): Authenticate<Request> {
  const { realm, plainHeaders, failedAttempts, ask, onVerdict } = readSettings(keyring, options);
  // Whatever its scopes: `readSettings` has checked those that are asked for.
  const verifier: Verifier = keyring;
  const attempts = failedAttempts && attemptsOf(keyring, failedAttempts);
  const missing = missingCredential(realm);
  const unusable = unusableCredential(realm);
  const refuse = (denied: Denied, asked: Asked): Refused => {
    const nowMs = keyring.clock();
    const refused = answerDenied(denied, { realm, scopes: asked.scopes, nowMs });
    return attempts === undefined ? refused : countFailure(attempts, refused, asked.ip, nowMs);
  };
  // It waits only where there is something to wait for: every wait is one for every request.
  return async (request, view) => {
    const credential = readCredential(view.rawHeaders, plainHeaders);
    if (credential.found === "none") return missing;
    if (credential.found === "unusable") return unusable;
    const { token } = credential;
    const known = attachedBy(view.raw, keyring, token);
    const asking = ask(request, view);
    const asked = asking instanceof Promise ? await asking : asking;
    let verdict: Verdict;
    try {
      verdict = known === undefined ? await verifier.verify(token, asked) : reverify(known, asked);
    } catch (error) {
      // Only what the store failed at is the service's trouble; whatever else is thrown is a mistake, and thrown on.
      if (isUnavailable(error)) return unavailable();
      throw error;
    }
    if (!verdict.ok && verdict.problem !== undefined) throw new TypeError(verdict.problem);
    if (onVerdict !== undefined) await onVerdict(verdict, request);
    if (!verdict.ok) return refuse(verdict, asked);
    attach(view.raw, keyring, token, verdict, realm);
    // Which grants keys have is the application's word (`Register`); no type of a keyring's could say so of another's.
    const key = verdict.key as ApiKey<RegisteredGrant>;
    return { admitted: true, key, headers: admittedFields(verdict.limits, credential, keyring) };
  };
}

function isUnavailable(error: unknown): boolean {
  return error instanceof ClavigerError && error.code === "store_unavailable";
}

// RFC 9111 §3.5 keeps shared caches from answers to `Authorization` only, so a key in another header asks for it.
const PRIVATE: Fields = Object.freeze({ "Cache-Control": "private" });

function admittedFields(limits: readonly LimitState[], { by }: PresentedToken, { clock }: Verifier): Fields {
  if (limits.length === 0) return by === "plain" ? PRIVATE : NO_FIELDS;
  const fields = rateLimitFields(limits, clock());
  return by === "plain" ? { ...PRIVATE, ...fields } : fields;
}
