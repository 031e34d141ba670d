import type { Sighting, UsageCount, UsageRecord } from "@claviger/core";

const HOUR_MS = 3_600_000;

/** When something was seen first and last, epoch ms. */
interface Span {
  firstAt: number;
  lastAt: number;
}

/** What was noted last, and how often the same has come since: most uses of a key are like the one before. */
interface Last {
  readonly outcome: string;
  /** The one that was seen; undefined: none was. */
  readonly secret: number | undefined;
  /** Until when it is the same hour, epoch ms. */
  readonly hourEndsAt: number;
  times: number;
  lastAt: number;
}

/**
 * What a process has seen of one key and not written yet. Changed in place, and so that what is known already costs
 * look-ups and nothing new: every verify passes here.
 */
export interface KeyUse {
  readonly tenant: string;
  readonly keyId: string;
  /** By hour since the epoch, then by outcome. */
  readonly counts: Map<number, Map<string, number>>;
  /** A secret goes by its version as a number: as a text it would have to be made each time. */
  readonly seen: Map<Sighting["kind"], Map<string | number, Span>>;
  /** Not among counts and seen yet; {@link settle} puts it there. */
  last: Last | undefined;
}

/** How many cells (a key, a count or a sighting is one) may still be taken; what memory they need grows with them. */
export interface Room {
  left: number;
}

/** @returns undefined where there is no room for another key */
export function newKeyUse(tenant: string, keyId: string, room: Room): KeyUse | undefined {
  return takeCell(room) ? { tenant, keyId, counts: new Map(), seen: new Map(), last: undefined } : undefined;
}

/** Notes a use that is like the one before. @returns whether it is */
export function noteAgain({ last }: KeyUse, outcome: string, secret: number | undefined, nowMs: number): boolean {
  if (last === undefined || last.outcome !== outcome || last.secret !== secret) return false;
  if (nowMs < last.lastAt || nowMs >= last.hourEndsAt) return false;
  last.times += 1;
  last.lastAt = nowMs;
  return true;
}

/** Further uses like this one, for all of which there was room, need only be counted. */
export function expectAgain(use: KeyUse, outcome: string, secret: number | undefined, nowMs: number): void {
  settle(use);
  const hourEndsAt = (Math.floor(nowMs / HOUR_MS) + 1) * HOUR_MS;
  use.last = { outcome, secret, hourEndsAt, times: 0, lastAt: nowMs };
}

/** Puts what was only counted with all else. It takes no room: the like was seen before. */
export function settle(use: KeyUse): void {
  const { last } = use;
  use.last = undefined;
  if (last === undefined || last.times === 0) return;
  const outcomes = memberOf(use.counts, last.hourEndsAt / HOUR_MS - 1, () => new Map<string, number>());
  outcomes.set(last.outcome, (outcomes.get(last.outcome) ?? 0) + last.times);
  const span = last.secret === undefined ? undefined : use.seen.get("secret")?.get(last.secret);
  if (span !== undefined && span.lastAt < last.lastAt) span.lastAt = last.lastAt;
}

/** Counts an outcome. @returns whether there was room for it */
export function count({ counts }: KeyUse, nowMs: number, outcome: string, room: Room): boolean {
  const hour = Math.floor(nowMs / HOUR_MS);
  const outcomes = counts.get(hour);
  const counted = outcomes?.get(outcome) ?? 0;
  if (counted === 0 && !takeCell(room)) return false;
  if (outcomes === undefined) counts.set(hour, new Map([[outcome, 1]]));
  else outcomes.set(outcome, counted + 1);
  return true;
}

/** Sees something. @returns whether there was room for it */
export function sight(
  { seen }: KeyUse,
  kind: Sighting["kind"],
  name: string | number,
  nowMs: number,
  room: Room,
): boolean {
  const spans = seen.get(kind);
  const span = spans?.get(name);
  if (span !== undefined) {
    if (nowMs > span.lastAt) span.lastAt = nowMs;
    else if (nowMs < span.firstAt) span.firstAt = nowMs;
    return true;
  }
  if (!takeCell(room)) return false;
  const fresh = { firstAt: nowMs, lastAt: nowMs };
  if (spans === undefined) seen.set(kind, new Map([[name, fresh]]));
  else spans.set(name, fresh);
  return true;
}

/** Takes what another has seen of the same key into `use`; the cells that both had are given back. */
export function absorb(use: KeyUse, other: KeyUse, room: Room): void {
  const taken = cellsOf(use) + cellsOf(other);
  for (const [hour, outcomes] of other.counts) {
    const own = memberOf(use.counts, hour, () => new Map<string, number>());
    for (const [outcome, times] of outcomes) own.set(outcome, (own.get(outcome) ?? 0) + times);
  }
  for (const [kind, spans] of other.seen) {
    const own = memberOf(use.seen, kind, () => new Map<string | number, Span>());
    for (const [name, span] of spans) own.set(name, widest(own.get(name), span));
  }
  room.left += taken - cellsOf(use);
}

export function cellsOf({ counts, seen }: KeyUse): number {
  let cells = 1;
  for (const outcomes of counts.values()) cells += outcomes.size;
  for (const spans of seen.values()) cells += spans.size;
  return cells;
}

/** The verifies that were counted. */
export function verifiesOf({ counts }: KeyUse): number {
  let verifies = 0;
  for (const outcomes of counts.values()) for (const times of outcomes.values()) verifies += times;
  return verifies;
}

/** As it is told to a store. */
export function toUsageRecord({ tenant, keyId, counts, seen }: KeyUse): UsageRecord {
  const secrets = [...(seen.get("secret")?.values() ?? [])];
  return {
    tenant,
    keyId,
    // A secret is seen by every accepted verify, and by nothing else.
    lastUsedAt: secrets.reduce<number | null>((last, { lastAt }) => Math.max(last ?? lastAt, lastAt), null),
    counts: [...counts].flatMap(([hour, outcomes]) =>
      [...outcomes].map(([outcome, times]): UsageCount => ({ hourAt: hour * HOUR_MS, outcome, count: times })),
    ),
    sightings: [...seen].flatMap(([kind, spans]) =>
      [...spans].map(([name, span]): Sighting => ({ kind, name: String(name), ...span })),
    ),
  };
}

function widest(known: Span | undefined, span: Span): Span {
  if (known === undefined) return span;
  return { firstAt: Math.min(known.firstAt, span.firstAt), lastAt: Math.max(known.lastAt, span.lastAt) };
}

function takeCell(room: Room): boolean {
  if (room.left <= 0) return false;
  room.left -= 1;
  return true;
}

function memberOf<Name, Member>(members: Map<Name, Member>, name: Name, make: () => Member): Member {
  const known = members.get(name);
  if (known !== undefined) return known;
  const made = make();
  members.set(name, made);
  return made;
}
