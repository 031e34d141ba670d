import type { Proof } from "../digest/proof.js";
import type { ApiKey } from "../key/api-key.js";
import type { UsedKeyRecord } from "../key/key-record.js";
import { toApiKey } from "../key/to-api-key.js";
import { liveRotation } from "../lifecycle/rotation.js";
import { statusAt } from "../lifecycle/status.js";
import { createIpRule, type IpRule } from "../restriction/ip-rule.js";

/**
 * A key's record, and what has been worked out of it so far, so that it is worked out once and only where it is asked for.
 * It stays with the record that it was made of: what changes a key brings another record.
 */
export interface ReadyKey {
  readonly record: UsedKeyRecord;
  view: ApiKey | undefined;
  ipRule: IpRule | undefined;
  /** Of its current token, once that was presented. */
  proof: Proof | undefined;
}

/** @param record frozen, or nobody's to change */
export function readyKey(record: UsedKeyRecord): ReadyKey {
  return { record, view: undefined, ipRule: undefined, proof: undefined };
}

/** What people see of the key, at a time: the same object as long as that does not change. */
export function viewOf<Grant extends string = string>(ready: ReadyKey, nowMs: number): ApiKey<Grant> {
  const { record, view } = ready;
  if (view !== undefined && isCurrent(view, record, nowMs)) return view as ApiKey<Grant>;
  const made = toApiKey<Grant>(record, nowMs);
  ready.view = made;
  return made;
}

export function ipRuleOf(ready: ReadyKey): IpRule {
  ready.ipRule ??= createIpRule(ready.record.restrictions);
  return ready.ipRule;
}

function isCurrent(view: ApiKey, record: UsedKeyRecord, nowMs: number): boolean {
  if (view.status !== statusAt(record, nowMs)) return false;
  return record.rotation === null || (view.rotation !== null) === (liveRotation(record, nowMs) !== null);
}
