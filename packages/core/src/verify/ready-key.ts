import type { Proof } from "../digest/proof.js";
import type { ApiKey } from "../key/api-key.js";
import type { UsedKeyRecord } from "../key/key-record.js";
import type { ListedStatus } from "../key/key-state.js";
import { toApiKey } from "../key/to-api-key.js";
import { statusAt } from "../lifecycle/status.js";
import type { Limit } from "../limits/limit.js";
import { oneList } from "../limits/one-list.js";
import { createIpRule, type IpRule } from "../restriction/ip-rule.js";
import type { ScopeCatalogue } from "../scope/catalogue.js";
import { unchangedSpan } from "./unchanged-span.js";

/**
 * A key's record, and what has been worked out of it so far, so that it is worked out once and only where it is asked for.
 * It stays with the record that it was made of: what changes a key brings another record. All of it lies in one object: of
 * a million keys each further object is one more wait for the memory.
 */
export class ReadyKey {
  readonly record: UsedKeyRecord;
  /** From `sinceMs` until before `untilMs`, epoch ms, as is the status. */
  view: ApiKey | undefined = undefined;
  status: ListedStatus | undefined = undefined;
  sinceMs: number = Number.POSITIVE_INFINITY;
  untilMs: number = Number.NEGATIVE_INFINITY;
  limits: readonly Limit[] | undefined = undefined;
  ipRule: IpRule | undefined = undefined;
  /** Of its current token, once that is to be recognised; and of what the token ends with. */
  proof: Proof | undefined = undefined;
  ending = 0;
  /** The last request that the key may make, as far as time and gates go: one of no more than a scope and an address. */
  permittedBy: ScopeCatalogue<string> | undefined = undefined;
  permittedScope: string | undefined = undefined;
  permittedIp: string | undefined = undefined;

  /** @param record frozen, or nobody's to change */
  constructor(record: UsedKeyRecord) {
    this.record = record;
  }
}

/** The key's status at a time: as {@link statusAt} finds it. */
export function statusOf(ready: ReadyKey, nowMs: number): ListedStatus {
  return (isWithin(ready, nowMs) ? ready.status : undefined) ?? statusAt(ready.record, nowMs);
}

/** What people see of the key, at a time: the same object as long as that does not change. */
export function viewOf<Grant extends string = string>(ready: ReadyKey, nowMs: number): ApiKey<Grant> {
  const { view } = ready;
  if (view !== undefined && isWithin(ready, nowMs)) return view as ApiKey<Grant>;
  const made = toApiKey<Grant>(ready.record, nowMs);
  const { fromMs, untilMs } = unchangedSpan(ready.record, nowMs);
  ready.view = made;
  ready.status = made.status;
  ready.sinceMs = fromMs;
  ready.untilMs = untilMs;
  return made;
}

/** The key's own limits: a list that it shares with others as soon as it comes again. */
export function limitsOf(ready: ReadyKey): readonly Limit[] {
  if (ready.view === undefined) return ready.record.limits;
  ready.limits ??= oneList(ready.record.limits);
  return ready.limits;
}

export function ipRuleOf(ready: ReadyKey): IpRule {
  ready.ipRule ??= createIpRule(ready.record.restrictions);
  return ready.ipRule;
}

function isWithin({ sinceMs, untilMs }: ReadyKey, nowMs: number): boolean {
  return nowMs >= sinceMs && nowMs < untilMs;
}
