import {
  type Charge,
  type CheckedRequest,
  ClavigerError,
  chargesFor,
  type Denied,
  decide,
  judgeLimits,
  type KnownIdentity,
  readVerifyRequest,
  stillMatches,
  toApiKey,
  tryParseToken,
  type UsedKeyRecord,
  type Verdict,
} from "@claviger/core";
import { identifyToken } from "./identify-token.js";
import { rehash } from "./rehash.js";
import type { Shell } from "./shell.js";

const MALFORMED: Denied = Object.freeze({ ok: false, code: "malformed" });
const UNKNOWN: Denied = Object.freeze({ ok: false, code: "unknown" });

/** Fetches the key, has core decide, and charges the limits of a key that is admitted otherwise. */
export async function verify<Granted extends string>(
  shell: Shell,
  token: unknown,
  request: unknown,
): Promise<Verdict<Granted>> {
  const parsed = tryParseToken(token);
  if (parsed === undefined || typeof token !== "string" || !shell.prefixes.has(parsed.prefix)) return MALFORMED;
  const checked = readVerifyRequest(request);
  if ("problem" in checked) return { ...MALFORMED, problem: checked.problem };
  const identity = await identifyToken(shell, parsed.id, token);
  if (!identity.known) return UNKNOWN;
  const verdict = await judge<Granted>(shell, identity, checked);
  if (verdict === UNKNOWN) return verdict;
  if (identity.stale && verdict.ok) rehash(shell, identity.key, token, identity.matched);
  const outcome = verdict.ok ? "accepted" : verdict.code;
  shell.usage.note(identity.key, identity.matched, checked, outcome, shell.clock());
  return verdict;
}

async function judge<Granted extends string>(
  shell: Shell,
  identity: KnownIdentity,
  request: CheckedRequest,
): Promise<Verdict<Granted>> {
  const { key } = identity;
  const known = shell.gates.of(key);
  const gates = known instanceof Promise ? await known : known;
  // Read anew: while the gates were waited for, the key may have expired, or the secret that matched have ended.
  const nowMs = shell.clock();
  if (!stillMatches(identity, nowMs)) return UNKNOWN;
  return decide(key, gates, shell.catalogue, request, nowMs) ?? charge<Granted>(shell, key, request.cost, nowMs);
}

async function charge<Shown extends string>(
  shell: Shell,
  key: UsedKeyRecord,
  cost: number,
  nowMs: number,
): Promise<Verdict<Shown>> {
  const { limits } = key;
  if (limits.length === 0) return { ok: true, key: toApiKey<Shown>(key, nowMs), limits: [] };
  const charges = chargesOf(key, cost, nowMs);
  const [result] = await shell.store.consume([{ tenant: key.tenant, keyId: key.id, charges, units: 1 }], nowMs);
  if (result === undefined) throw new ClavigerError("store_unavailable", "the store gave no result for a charge");
  const { states, refusal } = judgeLimits(limits, cost, nowMs, result);
  if (refusal === undefined) return { ok: true, key: toApiKey<Shown>(key, nowMs), limits: states };
  const { code, retryAfterMs } = refusal;
  return { ok: false, code, keyId: key.id, limits: states, ...(retryAfterMs !== undefined && { retryAfterMs }) };
}

// A stored limit that this process cannot compute, such as one in a time zone that its runtime does not know, is no
// fault of the client's: it gets neither a pass nor a bad name.
function chargesOf(key: UsedKeyRecord, cost: number, nowMs: number): readonly Charge[] {
  try {
    return chargesFor(key.limits, cost, nowMs);
  } catch (cause) {
    throw new ClavigerError("store_unavailable", `a limit of key ${key.id} cannot be computed here`, {
      keyId: key.id,
      cause,
    });
  }
}
