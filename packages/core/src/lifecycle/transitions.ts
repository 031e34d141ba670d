import type { KeyState, KeyStatus } from "../key/key-state.js";

/** What can be done to a key, as the table sees it: rotating and updating are one column, `change`. */
export type Act = "disable" | "enable" | "revoke" | "revoke_leaked" | "change" | "delete";

/** What becomes of it: another state, the same one, success without a write, or a refusal. */
export type Outcome = KeyState | "unchanged" | "nothing" | "illegal" | "not_found";

type Row = { readonly [Verb in Act]: Outcome };

const LIVE: Row = {
  disable: "disabled",
  enable: "nothing",
  revoke: "revoked",
  revoke_leaked: "compromised",
  change: "unchanged",
  delete: "destroyed",
};

/** The lifecycle: NIST SP 800-57 part 1 §7 in this field's words. Every rule about states is in this table. */
const TRANSITIONS: { readonly [Status in KeyStatus]: Row } = {
  active: LIVE,
  pending: LIVE,
  disabled: { ...LIVE, disable: "nothing", enable: "active" },
  expired: { ...LIVE, disable: "illegal", enable: "illegal", change: "illegal" },
  revoked: {
    disable: "illegal",
    enable: "illegal",
    revoke: "nothing",
    revoke_leaked: "compromised",
    change: "illegal",
    delete: "destroyed",
  },
  compromised: {
    disable: "illegal",
    enable: "illegal",
    revoke: "nothing",
    revoke_leaked: "nothing",
    change: "illegal",
    delete: "destroyed",
  },
  destroyed: {
    disable: "not_found",
    enable: "not_found",
    revoke: "not_found",
    revoke_leaked: "not_found",
    change: "not_found",
    delete: "nothing",
  },
};

/** What an act makes of a key in a status. */
export function outcomeOf(status: KeyStatus, act: Act): Outcome {
  return TRANSITIONS[status][act];
}
