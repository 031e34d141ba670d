import { type Gates, type Identity, identify, idOf, type KnownIdentity, ownText, statusAt } from "@claviger/core";
import type { Reading } from "./elapsed.js";
import { observe } from "./observe.js";
import type { Shell } from "./shell.js";
import type { WarmKey } from "./warm-key.js";
import { wholeMs } from "./whole-ms.js";

/** The key that a token is of, at a time. */
export interface Identified {
  readonly key: WarmKey;
  readonly identity: KnownIdentity;
  /** The gates before the key, where they are known. */
  readonly gates: Gates | undefined;
  /** Epoch ms. */
  readonly nowMs: number;
}

/** Whose a well-formed token is, if that can be told from memory: at once, and with one reading of the clock. */
export function recallToken(shell: Shell, token: string): Identified | undefined {
  const now = shell.stopwatch.read();
  const key = shell.warmKeys.recall(idOf(token), now);
  if (key === undefined) return undefined;
  const look = identifyNow(shell, key, token, now);
  return isKnown(look) ? look : undefined;
}

/** Whose a well-formed token is, if anyone's, by the store; notes what is wrong with the key as it is stored. */
export async function identifyToken(shell: Shell, token: string): Promise<Identified | undefined> {
  const { secondLook, store, warmKeys, stopwatch } = shell;
  // A text of its own: what is kept of an id that is nobody's is not to keep the token, too.
  const id = ownText(idOf(token), 0, idOf(token).length);
  const sent = secondLook?.sent() ?? 0;
  const [found] = await store.find([id]);
  const now = stopwatch.read();
  const first = identifyNow(shell, warmKeys.of(found, now), token, now);
  if (isKnown(first)) return first;
  if (secondLook === undefined || !mayHaveChanged(first.key)) return unknown(shell, first);
  const anew = await secondLook.findAfter(sent, id);
  if (anew === found) return unknown(shell, first);
  const later = stopwatch.read();
  const second = identifyNow(shell, warmKeys.of(anew, later), token, later);
  return isKnown(second) ? second : unknown(shell, second);
}

/** What came of looking at a token and the key that it names. */
interface Look {
  readonly key: WarmKey | undefined;
  readonly identity: Identity;
  readonly gates: Gates | undefined;
  readonly nowMs: number;
}

function identifyNow({ peppers, gates: keeper }: Shell, key: WarmKey | undefined, token: string, now: Reading): Look {
  const nowMs = wholeMs(now.clockMs);
  const gates = key && keeper.recall(key, now);
  const identity = identify(key, { token, peppers }, nowMs, isInUse(key, gates, nowMs));
  return { key, identity, gates, nowMs };
}

/** Whether nothing but the request could have the key refused. */
function isInUse(key: WarmKey | undefined, gates: Gates | undefined, nowMs: number): boolean {
  if (key === undefined || gates === undefined) return false;
  return gates.tenantEnabled && !gates.ownerSuspended && statusAt(key.record, nowMs) === "active";
}

function isKnown(look: Look): look is Identified {
  return look.identity.known;
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
