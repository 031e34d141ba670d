import {
  type ChangeTerms,
  ClavigerError,
  invalidInput,
  isKeyId,
  type KeyEntry,
  MAX_SWAP_ATTEMPTS,
  notFound,
  type Step,
  type StoredKey,
  versionConflict,
} from "@claviger/core";
import { linkChange } from "../events/change-event.js";
import { recordRefusal } from "../events/record-refusal.js";
import { carryLimits } from "../limits/carry-limits.js";
import type { Shell } from "../shell.js";

/** The key that a change was about, as it is afterwards. */
export interface Changed {
  readonly key: StoredKey;
  readonly nowMs: number;
}

/** A change that is asked for. */
export interface ChangeRequest {
  readonly tenant: string;
  readonly id: unknown;
  /** The verb, as the event of a refusal names it. */
  readonly act: string;
  readonly terms: ChangeTerms;
}

type DecideStep = (key: KeyEntry, nowMs: number) => Step;

/**
 * Does one management act: reads the key, has core decide, and writes by compare-and-swap. Who loses the swap decides
 * again on what the winner left, up to five times; with `ifVersion` at once no more. A refusal is recorded.
 *
 * @param decideStep pure; throws the refusals
 */
export async function change(
  shell: Shell,
  { tenant, id, act, terms }: ChangeRequest,
  decideStep: DecideStep,
): Promise<Changed> {
  const keyId = checkedId(id);
  const { reason, address } = terms;
  return recordRefusal(shell, { type: "key.refused", tenant, keyId, act, reason, address }, () =>
    swap(shell, tenant, keyId, terms, decideStep),
  );
}

async function swap(
  shell: Shell,
  tenant: string,
  keyId: string,
  terms: ChangeTerms,
  decideStep: DecideStep,
): Promise<Changed> {
  let key = (await shell.store.find([keyId], tenant))[0];
  for (let attempt = 1; attempt <= MAX_SWAP_ATTEMPTS; attempt += 1) {
    if (key === undefined) throw notFound(keyId);
    // Of a deleted key there is nothing to read again: it is not found, and deleting it again does nothing.
    if (key.state !== "destroyed" && terms.ifVersion !== undefined && terms.ifVersion !== key.version)
      throw versionConflict(keyId, terms.ifVersion, key.version);
    const nowMs = shell.clock();
    const step = decideStep(key, nowMs);
    if (step.kind === "nothing") return { key, nowMs };
    const { reason, address } = terms;
    const { next, event } = linkChange(shell.random, step.next, { ...step, reason, address }, nowMs);
    await carryLimits(shell, key, next, nowMs);
    const result = await shell.store.replace(next, key.version, event);
    if (result.outcome === "replaced") {
      // Again, for what was spent meanwhile.
      await carryLimits(shell, key, next, nowMs);
      return { key: asStored(next, key), nowMs };
    }
    key = result.outcome === "conflict" ? result.current : undefined;
  }
  throw new ClavigerError(
    "conflict",
    `key ${keyId} changed ${MAX_SWAP_ATTEMPTS} times while this act was tried: try again`,
    { keyId },
  );
}

/** @throws ClavigerError `invalid_input`; `not_found` for a text that no key's id can be */
export function checkedId(id: unknown): string {
  if (typeof id !== "string") throw invalidInput("id", "a key's id", id);
  if (!isKeyId(id)) throw new ClavigerError("not_found", "there is no such key in this tenant", { field: "id" });
  return id;
}

// What the store will return from now on: usage is beside the record and no change touches it.
function asStored(next: KeyEntry, before: StoredKey): StoredKey {
  if (next.state === "destroyed") return next;
  return { ...next, lastUsedAt: before.state === "destroyed" ? null : before.lastUsedAt };
}
