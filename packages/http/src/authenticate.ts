import {
  type Accepted,
  type ApiKey,
  ClavigerError,
  type RegisteredGrant,
  type Verdict,
  type VerifyRequest,
} from "claviger";
import { answerDenied, missingCredential, unavailable, unusableCredential } from "./answer.js";
import { attach, attachedBy } from "./attached.js";
import { attemptsOf } from "./attempts-of.js";
import { countFailure } from "./count-failure.js";
import { type PresentedToken, readCredential } from "./credentials.js";
import type { FailedAttempts } from "./failed-attempts.js";
import type { ApiKeyAuthOptions } from "./options.js";
import type { Fields, Outcome } from "./outcome.js";
import { rateLimitFields } from "./rate-limit-fields.js";
import { headerValues } from "./raw-headers.js";
import type { RequestView } from "./request-view.js";
import { reverify } from "./reverify.js";
import { readSettings, type Settings } from "./settings.js";
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
  const settings = readSettings(keyring, options);
  const { realm, plainHeaders, failedAttempts } = settings;
  const attempts = failedAttempts && attemptsOf(keyring, failedAttempts);
  const missing = missingCredential(realm);
  const unusable = unusableCredential(realm);
  return async (request, view) => {
    const credential = readCredential(view.rawHeaders, plainHeaders);
    if (credential.found === "none") return missing;
    if (credential.found === "unusable") return unusable;
    return decide({ keyring, settings, attempts }, credential, request, view);
  };
}

/** What an `apiKeyAuth` works with, whatever the request. */
interface Guard<Request> {
  readonly keyring: Verifier;
  readonly settings: Settings<Request>;
  /** undefined: they are not counted. */
  readonly attempts: FailedAttempts | undefined;
}

async function decide<Request>(
  { keyring, settings, attempts }: Guard<Request>,
  credential: PresentedToken,
  request: Request,
  view: RequestView,
): Promise<Outcome> {
  const { realm } = settings;
  const { token } = credential;
  const known = attachedBy(view.raw, keyring, token);
  const asked = await readAsked(settings, request, view);
  const verdict = known === undefined ? await verifyOrUnavailable(keyring, token, asked) : reverify(known, asked);
  if (verdict === undefined) return unavailable();
  await settings.onVerdict(verdict, request);
  const nowMs = keyring.clock();
  if (!verdict.ok) {
    const refused = answerDenied(verdict, { realm, scopes: asked.scopes, nowMs });
    return attempts === undefined ? refused : countFailure(attempts, refused, asked.ip, nowMs);
  }
  attach(view.raw, { keyring, token, verdict, realm });
  // Which grants keys have is the application's word (`Register`); no type of a keyring's could say so of another's.
  const key = verdict.key as ApiKey<RegisteredGrant>;
  return { admitted: true, key, headers: admittedFields(verdict, credential, nowMs) };
}

type Asked = VerifyRequest & { readonly scopes: readonly string[] };

async function readAsked<Request>(settings: Settings<Request>, request: Request, view: RequestView): Promise<Asked> {
  const scopes = await settings.scopes(request);
  const cost = await settings.cost(request);
  const resources = await settings.resources(request);
  const ip = await settings.address(request, view);
  const [client] = headerValues(view.rawHeaders, "user-agent");
  return {
    scopes,
    cost,
    ...(resources !== undefined && { resources }),
    ...(ip !== undefined && { ip }),
    ...(client !== undefined && { client }),
  };
}

// Only what the store failed at is the service's trouble and passes; whatever else is thrown is a mistake, and thrown on.
async function verifyOrUnavailable(keyring: Verifier, token: string, asked: Asked): Promise<Verdict | undefined> {
  const verdict = await keyring.verify(token, asked).catch((error: unknown) => {
    if (error instanceof ClavigerError && error.code === "store_unavailable") return undefined;
    throw error;
  });
  if (verdict?.ok === false && verdict.problem !== undefined) throw new TypeError(verdict.problem);
  return verdict;
}

// RFC 9111 §3.5 keeps shared caches from answers to `Authorization` only, so a key in another header asks for it.
function admittedFields(verdict: Accepted, credential: PresentedToken, nowMs: number): Fields {
  const limits = rateLimitFields(verdict.limits, nowMs);
  return credential.by === "plain" ? { "Cache-Control": "private", ...limits } : limits;
}
