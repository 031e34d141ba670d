import {
  type Charge,
  ClavigerError,
  chargesFor,
  type Denied,
  decide,
  judgeLimits,
  readVerifyRequest,
  toApiKey,
  tryParseToken,
  type UsedKeyRecord,
  type Verdict,
} from "@claviger/core";
import { observe } from "./observe.js";
import { rehash } from "./rehash.js";
import type { Shell } from "./shell.js";

const MALFORMED: Denied = Object.freeze({ ok: false, code: "malformed" });

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
  const [key] = await shell.store.find([parsed.id]);
  const nowMs = shell.clock();
  const decision = decide(key, { token, peppers: shell.peppers, catalogue: shell.catalogue }, checked, nowMs);
  if (!decision.admit) {
    if (decision.observation !== undefined && key !== undefined) observe(shell, key, decision.observation, nowMs);
    return decision.verdict;
  }
  if (decision.stale) rehash(shell, decision.key, token, decision.matched);
  return charge(shell, decision.key, checked.cost, nowMs);
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
