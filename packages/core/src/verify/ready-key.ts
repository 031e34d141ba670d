import type { ApiKey } from "../key/api-key.js";
import type { UsedKeyRecord } from "../key/key-record.js";
import type { ListedStatus } from "../key/key-state.js";
import { rotationAt, toApiKey } from "../key/to-api-key.js";
import { statusAt } from "../lifecycle/status.js";
import type { Limit } from "../limits/limit.js";
import { oneList } from "../limits/one-list.js";
import { createIpRule, type IpRule } from "../restriction/ip-rule.js";
import type { ScopeCatalogue } from "../scope/catalogue.js";
import { oneText } from "../value/one-text.js";
import { Recognisable } from "./recognise.js";
import { unchangedSpan } from "./unchanged-span.js";

/**
 * A key's record, and what has been worked out of it so far, so that it is worked out once and only where it is asked for.
 * It stays with the record that it was made of: what changes a key brings another record. All of it lies in one object: of
 * a million keys each further object is one more wait for the memory.
 */
export class ReadyKey extends Recognisable {
  readonly record: UsedKeyRecord;
  /** The record's, at hand. */
  readonly id: string;
  readonly tenant: string;
  view: ApiKey | undefined = undefined;
  /** What the view says, here as well. */
  status: ListedStatus | undefined = undefined;
  /** The whole seconds in which nothing of it changes, the first and the one behind the last; counted as {@link secondOf}. */
  sameFrom: number = 0;
  sameUntil: number = 0;
  limits: readonly Limit[] | undefined = undefined;
  ipRule: IpRule | undefined = undefined;
  /** The last request that the key may make, as far as time and gates go: one of no more than a scope and an address. */
  permittedBy: ScopeCatalogue<string> | undefined = undefined;
  permittedScope: string | undefined = undefined;
  permittedIp: string | undefined = undefined;

  /** @param record frozen, or nobody's to change */
  constructor(record: UsedKeyRecord) {
    super();
    this.record = record;
    this.id = record.id;
    this.tenant = oneText(record.tenant);
  }
}

/** The key's status at a time: as {@link statusAt} finds it. */
export function statusOf(ready: ReadyKey, nowMs: number): ListedStatus {
  return (isSame(ready, nowMs) ? ready.status : undefined) ?? statusAt(ready.record, nowMs);
}

/** What people see of the key, at a time: the same object as long as that does not change. */
export function viewOf<Grant extends string = string>(ready: ReadyKey, nowMs: number): ApiKey<Grant> {
  const { record, view } = ready;
  if (view !== undefined && (isSame(ready, nowMs) || isCurrent(view, record, nowMs))) return view as ApiKey<Grant>;
  const made = toApiKey<Grant>(record, nowMs);
  const { fromMs, untilMs } = unchangedSpan(record, nowMs);
  ready.view = made;
  ready.status = made.status;
  ready.sameFrom = inObject(secondOf(fromMs + MS_PER_S - 1));
  ready.sameUntil = inObject(secondOf(untilMs));
  return made;
}

/**
 * Whether it was seen before, or is kept to be recognised: what is worked out of a key that no cache keeps is lost on the
 * next verify.
 */
export function mayComeAgain({ view, ending }: ReadyKey): boolean {
  return view !== undefined || ending !== 0;
}

/** The key's own limits: a list that it shares with others as soon as it comes again. */
export function limitsOf(ready: ReadyKey): readonly Limit[] {
  if (!mayComeAgain(ready)) return ready.record.limits;
  ready.limits ??= oneList(ready.record.limits);
  return ready.limits;
}

export function ipRuleOf(ready: ReadyKey): IpRule {
  ready.ipRule ??= createIpRule(ready.record.restrictions);
  return ready.ipRule;
}

function isSame({ sameFrom, sameUntil }: ReadyKey, nowMs: number): boolean {
  const second = secondOf(nowMs);
  return second >= sameFrom && second < sameUntil;
}

function isCurrent(view: ApiKey, record: UsedKeyRecord, nowMs: number): boolean {
  if (view.status !== statusAt(record, nowMs)) return false;
  return (view.rotation !== null) === (rotationAt(record, nowMs) !== null);
}

const MS_PER_S = 1_000;
const FIRST_S = 1_500_000_000;
const LAST_S = 2 ** 31 - 1;

/** Seconds since 2017. What is no number stays none, and lies in no span. */
function secondOf(ms: number): number {
  return Math.floor(ms / MS_PER_S) - FIRST_S;
}

/** As a number of 31 bits, which lies in the object itself: others would lie somewhere else. It lasts for 68 years. */
function inObject(second: number): number {
  return Math.max(-LAST_S, Math.min(LAST_S, second)) | 0;
}
