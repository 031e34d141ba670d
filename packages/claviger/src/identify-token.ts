import {
  type Gates,
  type Identity,
  identify,
  idOf,
  isRecognised,
  type KnownIdentity,
  mayBeToken,
  ownText,
  recogniseBy,
  statusOf,
} from "@claviger/core";
import { observe } from "./observe.js";
import type { Shell } from "./shell.js";
import type { WarmKey } from "./warm-key.js";
import { wholeMs } from "./whole-ms.js";

/** What came of looking at a token and the key that it names, at a time. */
interface Look {
  readonly key: WarmKey | undefined;
  readonly identity: Identity;
  /** The gates before the key, where they are known. */
  readonly gates: Gates | undefined;
  /** Epoch ms. */
  readonly nowMs: number;
  readonly token: string;
}

/** The key that a token is of, at a time. */
export interface Identified extends Look {
  readonly key: WarmKey;
  readonly identity: KnownIdentity;
}

/** A key whose gates are known, too: all that it takes to decide. */
export interface Recalled extends Identified {
  readonly gates: Gates;
}

const RECOGNISED: KnownIdentity = Object.freeze({ known: true, matched: "current", stale: false });

/**
 * The key in memory that this very text is the token of: at once, and with one reading of the clock. What is recognised was
 * found to be well-formed and accepted before.
 */
export function recallToken(shell: Shell, text: unknown): Recalled | undefined {
  const { warmKeys, stopwatch } = shell;
  if (warmKeys.recall === undefined || !mayBeToken(text)) return undefined;
  const key = warmKeys.recall(idOf(text));
  if (key === undefined) return undefined;
  const now = stopwatch.read();
  if (!warmKeys.isFresh(key, now)) return undefined;
  const gates = shell.gates.recall(key, now);
  const nowMs = wholeMs(now.clockMs);
  if (gates === undefined || !isInUse(key, gates, nowMs) || !isRecognised(key, text)) return undefined;
  return { key, identity: RECOGNISED, gates, nowMs, token: text };
}

/** Whose a well-formed token is, if anyone's, by the store; notes what is wrong with the key as it is stored. */
export async function identifyToken(shell: Shell, token: string): Promise<Identified | undefined> {
  const { secondLook, store, warmKeys } = shell;
  // A text of its own: what is kept of an id that is nobody's is not to keep the token, too.
  const id = ownText(idOf(token), 0, idOf(token).length);
  const sent = secondLook?.sent() ?? 0;
  const [found] = await store.find([id]);
  const first = identifyNow(shell, warmKeys.of(found), token);
  if (isKnown(first)) return first;
  if (secondLook === undefined || !mayHaveChanged(first.key)) return unknown(shell, first);
  const anew = await secondLook.findAfter(sent, id);
  if (anew === found) return unknown(shell, first);
  const second = identifyNow(shell, warmKeys.of(anew), token);
  return isKnown(second) ? second : unknown(shell, second);
}

function identifyNow(shell: Shell, key: WarmKey | undefined, token: string): Look {
  const now = shell.stopwatch.read();
  const nowMs = wholeMs(now.clockMs);
  if (key === undefined)
    return { key, identity: identify(key, token, shell.peppers, nowMs), gates: undefined, nowMs, token };
  const gates = shell.gates.recall(key, now);
  const inUse = isInUse(key, gates, nowMs);
  if (inUse && isRecognised(key, token)) return { key, identity: RECOGNISED, gates, nowMs, token };
  const identity = identify(key, token, shell.peppers, nowMs);
  if (inUse && key.isKept && isCurrent(identity)) recogniseBy(key, token);
  return { key, identity, gates, nowMs, token };
}

/**
 * Whether nothing but the request could have the key refused. No other is recognised: nobody is to learn about it by how
 * long an answer takes.
 */
function isInUse(key: WarmKey, gates: Gates | undefined, nowMs: number): boolean {
  return gates?.tenantEnabled === true && !gates.ownerSuspended && statusOf(key, nowMs) === "active";
}

// A former secret ends, and a stale digest is to be made anew: neither is something to go by.
function isCurrent(identity: Identity): boolean {
  return identity.known && identity.matched === "current" && !identity.stale;
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
