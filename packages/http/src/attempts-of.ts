import { type AttemptLimit, createFailedAttempts, type FailedAttempts } from "./failed-attempts.js";
import type { Verifier } from "./verifier.js";

// By the keyring, so that they end with it, and within it by their limit.
const counters = new WeakMap<Verifier, Map<string, FailedAttempts>>();

/** The failed attempts at a keyring: the same ones for all who ask with the same limit, however many routes they guard. */
export function attemptsOf(keyring: Verifier, limit: AttemptLimit): FailedAttempts {
  const ofKeyring = counters.get(keyring) ?? new Map<string, FailedAttempts>();
  counters.set(keyring, ofKeyring);
  const name = `${limit.limit}/${limit.perMs}`;
  const attempts = ofKeyring.get(name) ?? createFailedAttempts(limit);
  ofKeyring.set(name, attempts);
  return attempts;
}
