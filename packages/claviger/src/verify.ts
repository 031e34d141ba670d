import {
  type Denied,
  decide,
  isPrefixOf,
  isToken,
  readVerifyRequest,
  stillMatches,
  type Verdict,
} from "@claviger/core";
import { charge } from "./charge.js";
import { type Identified, identifyToken, recallToken } from "./identify-token.js";
import { rehash } from "./rehash.js";
import type { Shell } from "./shell.js";

const MALFORMED: Denied = Object.freeze({ ok: false, code: "malformed" });
const UNKNOWN: Denied = Object.freeze({ ok: false, code: "unknown" });

/**
 * Finds the key, has core decide, and charges the limits of a key that is admitted otherwise. Waits for nothing that is
 * known: a key in memory whose gates are, and that has no limits, takes one hash and one turn.
 */
export async function verify<Granted extends string>(
  shell: Shell,
  token: unknown,
  request: unknown,
): Promise<Verdict<Granted>> {
  const recalled = recallToken(shell, token);
  const accepted = recalled?.token ?? acceptedToken(shell, token);
  if (accepted === undefined) return MALFORMED;
  const checked = readVerifyRequest(request);
  if ("problem" in checked) return { ...MALFORMED, problem: checked.problem };
  const identified = recalled ?? (await identifyToken(shell, accepted));
  const known = identified?.gates === undefined ? identified && (await readGates(shell, identified)) : identified;
  if (known?.gates === undefined) return UNKNOWN;
  const { key, identity, gates, nowMs } = known;
  const judged =
    decide(key, gates, shell.catalogue, checked, nowMs) ?? charge<Granted>(shell, key, gates, checked.cost, nowMs);
  const verdict = judged instanceof Promise ? await judged : judged;
  if (identity.stale && verdict.ok) rehash(shell, key.record, accepted, identity.matched);
  shell.usage.note(key.record, identity.matched, checked, verdict.ok ? "accepted" : verdict.code, nowMs);
  return verdict;
}

/** @returns undefined: it is no token, or not of this keyring's */
function acceptedToken({ prefixes }: Shell, text: unknown): string | undefined {
  if (!isToken(text)) return undefined;
  for (const prefix of prefixes) if (isPrefixOf(prefix, text)) return text;
  return undefined;
}

/** @returns undefined: while the gates were waited for, the secret that matched has ended */
async function readGates(shell: Shell, identified: Identified): Promise<Identified | undefined> {
  const { key, identity } = identified;
  const gates = await shell.gates.of(key.record);
  // Read anew: while the gates were waited for, the key may have expired, too.
  const nowMs = shell.clock();
  return stillMatches(key, identity, nowMs) ? { ...identified, gates, nowMs } : undefined;
}
