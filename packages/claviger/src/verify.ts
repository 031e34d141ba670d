import {
  type CheckedRequest,
  type Denied,
  decide,
  type Gates,
  idOf,
  isPrefixOf,
  isToken,
  listOf,
  ownText,
  readVerifyRequest,
  stillMatches,
  type Verdict,
} from "@claviger/core";
import { attempt } from "./attempt.js";
import { charge, chargeIfUnchanged } from "./charge.js";
import { isIdentified, lookAgain, lookAt, recallToken, rememberToken } from "./identify-token.js";
import { type Identified, Look, type Recalled } from "./look.js";
import { rehash } from "./rehash.js";
import type { Shell } from "./shell.js";

const MALFORMED: Denied = Object.freeze({ ok: false, code: "malformed" });
const UNKNOWN: Denied = Object.freeze({ ok: false, code: "unknown" });

type Answer<Granted extends string> = Verdict<Granted> | Promise<Verdict<Granted>>;

/**
 * As {@link verifyNow}, with a promise of what comes at once. Not an async function, for one sets up all that it might need
 * after waiting, and most verifies of a busy service wait for nothing.
 */
export function verify<Granted extends string>(
  shell: Shell,
  text: unknown,
  request: unknown,
): Promise<Verdict<Granted>> {
  return attempt(() => verifyNow<Granted>(shell, text, request));
}

/**
 * Finds the key, has core decide, and charges the limits of a key that is admitted otherwise: at once, where the key is in
 * memory with all that stands before it.
 */
export function verifyNow<Granted extends string>(shell: Shell, text: unknown, request: unknown): Answer<Granted> {
  const recalled = recallToken(shell, text);
  const token = recalled?.token ?? acceptedToken(shell, text);
  if (token === undefined) return MALFORMED;
  const checked = readVerifyRequest(request);
  if ("problem" in checked) return { ...MALFORMED, problem: checked.problem };
  if (recalled === undefined) return lookUp(shell, token, checked);
  return shell.warmKeys.forget === undefined
    ? judge(shell, recalled, checked)
    : judgeIfUnchanged(shell, recalled, checked);
}

/** By a key as it was found before: it counts where it is charged, for then it is so still. */
async function judgeIfUnchanged<Granted extends string>(
  shell: Shell,
  known: Recalled,
  request: CheckedRequest,
): Promise<Verdict<Granted>> {
  const { key, gates, token, nowMs } = known;
  const wasRefused = decide(key, gates, shell.catalogue, request, nowMs) !== undefined;
  const verdict = wasRefused ? undefined : await chargeIfUnchanged<Granted>(shell, key, gates, request.cost, nowMs);
  if (verdict !== undefined) return noted(shell, known, request, verdict);
  return lookUp(shell, token, request);
}

async function lookUp<Granted extends string>(
  shell: Shell,
  token: string,
  request: CheckedRequest,
): Promise<Verdict<Granted>> {
  const sent = shell.secondLook?.sent() ?? 0;
  const id = idToFind(shell, token);
  const [found] = await shell.store.find(listOf(id));
  const first = lookAt(shell, found, token);
  const identified = isIdentified(first) ? first : await lookAgain(shell, first, found, sent, id);
  const known = identified && (hasGates(identified) ? identified : await readGates(shell, identified));
  if (known === undefined) return UNKNOWN;
  rememberToken(shell, known);
  return judge(shell, known, request);
}

function judge<Granted extends string>(shell: Shell, known: Recalled, request: CheckedRequest): Answer<Granted> {
  const { key, gates, nowMs } = known;
  const judged =
    decide(key, gates, shell.catalogue, request, nowMs) ?? charge<Granted>(shell, key, gates, request.cost, nowMs);
  // Not by `instanceof`: an application may have put another Promise in the place of the platform's.
  return "ok" in judged
    ? noted(shell, known, request, judged)
    : judged.then((verdict) => noted(shell, known, request, verdict));
}

function noted<Granted extends string>(
  shell: Shell,
  { key, identity, token, nowMs }: Recalled,
  request: CheckedRequest,
  verdict: Verdict<Granted>,
): Verdict<Granted> {
  if (identity.stale && verdict.ok) rehash(shell, key.record, token, identity.matched);
  shell.usage.note(key.record, identity.matched, request, verdict.ok ? "accepted" : verdict.code, nowMs);
  return verdict;
}

/** @returns undefined: it is no token, or not of this keyring's */
function acceptedToken({ prefixes }: Shell, text: unknown): string | undefined {
  if (!isToken(text)) return undefined;
  for (const prefix of prefixes) if (isPrefixOf(prefix, text)) return text;
  return undefined;
}

/** A text of its own where there is a cache: what that keeps of an id that is nobody's is not to keep the token, too. */
function idToFind({ secondLook }: Shell, token: string): string {
  const id = idOf(token);
  return secondLook === undefined ? id : ownText(id, 0, id.length);
}

function hasGates(identified: Identified): identified is Recalled {
  return identified.gates !== undefined;
}

/** @returns undefined: while the gates were waited for, the secret that matched has ended */
async function readGates(shell: Shell, { key, identity, token }: Identified): Promise<Recalled | undefined> {
  const gates: Gates = await shell.gates.of(key.record);
  // Read anew: while the gates were waited for, the key may have expired, too.
  const nowMs = shell.clock();
  return stillMatches(key, identity, nowMs) ? new Look(key, identity, gates, nowMs, token) : undefined;
}
