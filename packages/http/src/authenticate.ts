import {
  type ApiKey,
  ClavigerError,
  type Denied,
  type LimitState,
  type RegisteredGrant,
  type Verdict,
  verifyAtOnce,
} from "claviger";
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
import { rethrow } from "./rethrow.js";
import { reverify } from "./reverify.js";
import { readSettings } from "./settings.js";
import type { Verifier } from "./verifier.js";

/** Decides on a request. Rejects where a hook failed, with an error whatever that threw: the framework answers 500. */
export interface Authenticate<Request> {
  (request: Request, view: RequestView): Promise<Outcome>;

  /**
   * The same, without waiting where there is nothing to wait for: no hook, and a key that the process has in its cache. Then
   * it throws what the other form rejects with.
   */
  readonly atOnce: (request: Request, view: RequestView) => Outcome | Promise<Outcome>;
}

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
  const verify = verifyAtOnce(verifier);
  const attempts = failedAttempts && attemptsOf(keyring, failedAttempts);
  const missing = missingCredential(realm);
  const unusable = unusableCredential(realm);

  function decide(request: Request, view: RequestView): Outcome | Promise<Outcome> {
    const credential = readCredential(view.rawHeaders, plainHeaders);
    if (credential.found === "none") return missing;
    if (credential.found === "unusable") return unusable;
    const asked = ask(request, view);
    if ("then" in asked || onVerdict !== undefined) return later(request, view, credential, asked);
    let verdict: Verdict | Promise<Verdict>;
    try {
      verdict = verdictOn(view, credential, asked);
    } catch (error) {
      return orUnavailable(error);
    }
    return "ok" in verdict
      ? conclude(view, credential, asked, verdict)
      : Promise.resolve(verdict).then((settled) => conclude(view, credential, asked, settled), orUnavailable);
  }

  function atOnce(request: Request, view: RequestView): Outcome | Promise<Outcome> {
    try {
      const deciding = decide(request, view);
      return "admitted" in deciding ? deciding : deciding.catch(rethrow);
    } catch (error) {
      return rethrow(error);
    }
  }

  // Hooks one after another. It waits only where there is something to wait for: every wait is one for every request.
  async function later(
    request: Request,
    view: RequestView,
    credential: PresentedToken,
    asking: Asked | Promise<Asked>,
  ): Promise<Outcome> {
    const asked = "then" in asking ? await asking : asking;
    let verdict: Verdict;
    try {
      verdict = await verdictOn(view, credential, asked);
    } catch (error) {
      return orUnavailable(error);
    }
    requireNoProblem(verdict);
    await onVerdict?.(verdict, request);
    return conclude(view, credential, asked, verdict);
  }

  function verdictOn({ raw }: RequestView, { token }: PresentedToken, asked: Asked): Verdict | Promise<Verdict> {
    const known = attachedBy(raw, keyring, token);
    return known === undefined ? verify(token, asked) : reverify(known, asked);
  }

  function conclude(view: RequestView, credential: PresentedToken, asked: Asked, verdict: Verdict): Outcome {
    requireNoProblem(verdict);
    if (!verdict.ok) return refuse(verdict, asked);
    attach(view.raw, keyring, credential.token, verdict, realm);
    // Which grants keys have is the application's word (`Register`); no type of a keyring's could say so of another's.
    const key = verdict.key as ApiKey<RegisteredGrant>;
    return { admitted: true, key, headers: admittedFields(verdict.limits, credential, keyring) };
  }

  function refuse(denied: Denied, asked: Asked): Refused {
    const nowMs = keyring.clock();
    const refused = answerDenied(denied, { realm, scopes: asked.scopes, nowMs });
    return attempts === undefined ? refused : countFailure(attempts, refused, asked.ip, nowMs);
  }

  return Object.assign(async (request: Request, view: RequestView) => atOnce(request, view), { atOnce });
}

/** What was asked in a way that no request can help is a mistake of the application's. */
function requireNoProblem(verdict: Verdict): void {
  if (!verdict.ok && verdict.problem !== undefined) throw new TypeError(verdict.problem);
}

/** Only what the store failed at is the service's trouble; whatever else is thrown is a mistake, and thrown on. */
function orUnavailable(error: unknown): Refused {
  if (isUnavailable(error)) return unavailable();
  throw error;
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
