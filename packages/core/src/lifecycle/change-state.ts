import type { ChangeType } from "../event/key-event.js";
import type { KeyEntry, KeyRecord } from "../key/key-record.js";
import type { KeyState, KeyStatus } from "../key/key-state.js";
import { illegalTransition, notFound } from "./refusals.js";
import { statusAt } from "./status.js";
import { NOTHING, type Step } from "./step.js";
import { type Act, outcomeOf } from "./transitions.js";

/** The acts whose whole effect is another state. */
export type StateAct = Exclude<Act, "change">;

const VERBS = {
  disable: "disable",
  enable: "enable",
  revoke: "revoke",
  revoke_leaked: "revoke",
  delete: "delete",
} as const;

const EVENT_TYPES = {
  active: "key.enabled",
  disabled: "key.disabled",
  revoked: "key.revoked",
  compromised: "key.compromised",
  destroyed: "key.deleted",
} as const satisfies { readonly [State in KeyState]: ChangeType };

/**
 * Decides what an act makes of a key's state.
 *
 * @throws ClavigerError `illegal_transition` or `not_found`, by the table
 */
export function changeState(key: KeyEntry, act: StateAct, nowMs: number): Step {
  const status = storedStatus(key, nowMs);
  const outcome = outcomeOf(status, act);
  switch (outcome) {
    case "nothing":
    case "unchanged":
      return NOTHING;
    case "not_found":
      throw notFound(key.id);
    case "illegal":
      throw illegalTransition(key.id, status, VERBS[act]);
    default:
      return {
        kind: "write",
        next: inState(key, outcome, nowMs),
        type: EVENT_TYPES[outcome],
        data: { from: key.state },
      };
  }
}

/**
 * The key, if it may be rotated or updated now.
 *
 * @throws ClavigerError `illegal_transition` or `not_found`, by the table
 */
export function changeable(key: KeyEntry, verb: string, nowMs: number): KeyRecord {
  const status = storedStatus(key, nowMs);
  if (key.state === "destroyed") throw notFound(key.id);
  if (outcomeOf(status, "change") !== "unchanged") throw illegalTransition(key.id, status, verb);
  return key;
}

function storedStatus(key: KeyEntry, nowMs: number): KeyStatus {
  return key.state === "destroyed" ? "destroyed" : statusAt(key, nowMs);
}

function inState(key: KeyEntry, state: KeyState, nowMs: number): KeyEntry {
  const version = key.version + 1;
  if (state === "destroyed" || key.state === "destroyed") {
    const { id, tenant, createdAt, head } = key;
    return { state: "destroyed", id, tenant, createdAt, updatedAt: nowMs, version, head };
  }
  return { ...key, state, updatedAt: nowMs, version };
}
