/** What is stored. NIST SP 800-57 part 1 §7: active, suspended, deactivated, compromised, destroyed. */
export type KeyState = "active" | "disabled" | "revoked" | "compromised" | "destroyed";

/** What a person sees: the state, with `pending` and `expired` computed from the clock and never stored. */
export type KeyStatus = KeyState | "pending" | "expired";

/** The status of a key that can still be found: a destroyed one is gone from every answer. */
export type ListedStatus = Exclude<KeyStatus, "destroyed">;

const STATES: ReadonlySet<string> = new Set([
  "active",
  "disabled",
  "revoked",
  "compromised",
  "destroyed",
] satisfies readonly KeyState[]);

/** Whether a text read from a database is a state. */
export function isKeyState(text: string): text is KeyState {
  return STATES.has(text);
}
