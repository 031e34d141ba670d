import assert from "node:assert/strict";
import {
  type AuditEvent,
  bodyHashOf,
  headAfter,
  type KeyState,
  outcomeOf,
  type Store,
  type StoredKey,
} from "@claviger/core";
import { findOne } from "../samples.js";
import { eventsOf } from "../walk-events.js";

const STATE_AFTER: { readonly [type: string]: KeyState } = {
  "key.created": "active",
  "key.disabled": "disabled",
  "key.enabled": "active",
  "key.revoked": "revoked",
  "key.compromised": "compromised",
  "key.deleted": "destroyed",
};

/** A key, and the events of its changes in the order of its versions. */
export interface History {
  readonly key: StoredKey;
  readonly changes: readonly AuditEvent[];
}

/**
 * Reads a key and its events, which must tell one story: one event for each of its versions, of which each leads on from
 * the state that the one before it left, and the last one's state is the key's.
 */
export async function historyOf(store: Store, key: { readonly tenant: string; readonly id: string }): Promise<History> {
  const [stored, events] = [await findOne(store, key.id), await eventsOf(store, key)];
  assert.ok(stored !== undefined, "the key is there");
  const changes = events.filter(({ version }) => version !== undefined).sort((a, b) => versionOf(a) - versionOf(b));
  assert.deepEqual(
    changes.map(versionOf),
    Array.from({ length: stored.version }, (_, index) => index + 1),
    "one event for each version of the key",
  );
  let state: KeyState | undefined;
  for (const change of changes) {
    assert.ok(isLegal(state, change.type), `${change.type} after ${state}`);
    state = STATE_AFTER[change.type] ?? state;
  }
  assert.equal(stored.state, state, "the state of the key is that of its last event");
  return { key: stored, changes };
}

/**
 * As {@link historyOf}, of a key that a keyring keeps: its changes must also be one chain, without gap or fork, of
 * hashes over their bodies, of which the last one's is the key's head.
 */
export async function chainedHistoryOf(
  store: Store,
  key: { readonly tenant: string; readonly id: string },
): Promise<History> {
  const history = await historyOf(store, key);
  let head: string | null = null;
  for (const change of history.changes) {
    const bodyHash: string = bodyHashOf(change);
    head = headAfter(head, bodyHash);
    assert.deepEqual(change.chain, { bodyHash, hash: head }, `version ${change.version} follows on the one before it`);
  }
  assert.equal(history.key.head, head, "the head of the key is the hash of its last change");
  return history;
}

/** How many of the changes are of this type. */
export function countChanges({ changes }: History, type: string): number {
  return changes.filter((change) => change.type === type).length;
}

const ACT_OF = {
  "key.disabled": "disable",
  "key.enabled": "enable",
  "key.revoked": "revoke",
  "key.compromised": "revoke_leaked",
  "key.deleted": "delete",
} as const;

function isLegal(state: KeyState | undefined, type: string): boolean {
  if (state === undefined || type === "key.created") return state === undefined && type === "key.created";
  const act = Object.entries(ACT_OF).find(([of]) => of === type)?.[1];
  if (act !== undefined) return outcomeOf(state, act) === STATE_AFTER[type];
  // Whatever else is done to a key leaves its state, and is done only to one that may still be changed.
  return outcomeOf(state, "change") === "unchanged";
}

function versionOf({ version }: AuditEvent): number {
  return version ?? 0;
}
