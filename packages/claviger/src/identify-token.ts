import {
  BY_CURRENT_SECRET,
  type Gates,
  identify,
  isRecognised,
  mayBeToken,
  type StoredKey,
  statusOf,
} from "@claviger/core";
import { type Identified, Look, type Recalled } from "./look.js";
import { observe } from "./observe.js";
import type { Shell } from "./shell.js";
import type { WarmKey } from "./warm-key.js";
import { wholeMs } from "./whole-ms.js";

/**
 * The key in memory that this very text is the token of: at once, and with one reading of the clock. What is recognised was
 * found to be well-formed and accepted before.
 */
export function recallToken(shell: Shell, text: unknown): Recalled | undefined {
  const { warmKeys, stopwatch } = shell;
  if (warmKeys.recall === undefined || !mayBeToken(text)) return undefined;
  // Before the key is looked for: a processor that reads a clock waits for all that it has sent for from memory by then.
  const now = stopwatch.read();
  const key = warmKeys.recall(text);
  if (key === undefined || !warmKeys.isFresh(key, now)) return undefined;
  const nowMs = wholeMs(now.clockMs);
  const { recall, readAtOnce } = shell.gates;
  const known = recall(key, now);
  if (known !== undefined)
    return isInUse(key, known, nowMs) && isRecognised(key, text)
      ? new Look(key, BY_CURRENT_SECRET, known, nowMs, text)
      : undefined;
  // Gates are read for who has the secret, and for nobody else.
  if (readAtOnce === undefined || statusOf(key, nowMs) !== "active" || !isRecognised(key, text)) return undefined;
  return new Look(key, BY_CURRENT_SECRET, readAtOnce(key, now), nowMs, text);
}

/** A token, and the key that a read found by its id. */
export function lookAt(shell: Shell, found: StoredKey | undefined, token: string): Look {
  const key = shell.warmKeys.of(found);
  const now = shell.stopwatch.read();
  const nowMs = wholeMs(now.clockMs);
  const gates = key && shell.gates.recall(key, now);
  const mayBeUsed = key !== undefined && isInUse(key, gates, nowMs);
  const isKnown = mayBeUsed && isRecognised(key, token);
  const identity = isKnown ? BY_CURRENT_SECRET : identify(key, token, shell.peppers, nowMs, mayBeUsed);
  return new Look(key, identity, gates, nowMs, token);
}

/** Has a key that stays in memory be recognised by its token the next time. */
export function rememberToken({ warmKeys }: Shell, { key, identity, gates, nowMs, token }: Recalled): void {
  // A former secret ends, and a stale digest is to be made anew: neither is something to go by.
  if (identity === BY_CURRENT_SECRET && isInUse(key, gates, nowMs)) warmKeys.remember(key, token);
}

/**
 * Whether nothing but the request could have the key refused. No other is recognised: nobody is to learn about it by how
 * long an answer takes.
 */
function isInUse(key: WarmKey, gates: Gates | undefined, nowMs: number): boolean {
  return gates?.tenantEnabled === true && !gates.ownerSuspended && statusOf(key, nowMs) === "active";
}

/** Whether the token is the key's. */
export function isIdentified(look: Look): look is Identified {
  return look.identity.known;
}

/**
 * Whose a token is that was not of the key as it was found, which may have been found in memory; notes what is wrong with
 * the key as it is stored.
 *
 * @param sent how many reads had been sent before that one was asked for
 * @param id the token's, as a text of its own: it may be kept
 */
export async function lookAgain(
  shell: Shell,
  first: Look,
  found: StoredKey | undefined,
  sent: number,
  id: string,
): Promise<Identified | undefined> {
  const { secondLook } = shell;
  const { key, token } = first;
  if (secondLook === undefined || !mayHaveChanged(key)) return unknown(shell, first);
  const anew = await secondLook.findAfter(sent, id);
  if (anew === found) return unknown(shell, first);
  const second = lookAt(shell, anew, token);
  return isIdentified(second) ? second : unknown(shell, second);
}

/** Whether there may be another secret by now: there is none of what was no key, or has ended. */
function mayHaveChanged(key: WarmKey | undefined): boolean {
  return key?.record.state === "active" || key?.record.state === "disabled";
}

function unknown(shell: Shell, { key, identity, nowMs }: Look): undefined {
  if (!identity.known && identity.observation !== undefined && key !== undefined) {
    observe(shell, key.record, identity.observation, nowMs);
  }
}
