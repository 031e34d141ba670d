import type { AuditEvent } from "../event/audit-event.js";
import type { ChangeEvent } from "../event/key-event.js";
import { canonicalJson } from "./canonical-json.js";
import { bodyHashOf, headAfter, isHash } from "./chain.js";
import { erasedEvent } from "./erased-event.js";

/** An event that claims a place in a chain. */
export type ChainedEvent = AuditEvent & Pick<ChangeEvent, "version" | "chain">;

/**
 * The events of one key that claim a place in its chain, in the order of their versions. Of an event that is there
 * twice, as in a feed that was read again, one copy counts, the erased one if there is one; what only looks like a copy
 * stays beside it.
 */
export function chainedEvents(keyId: string, events: readonly AuditEvent[]): readonly ChainedEvent[] {
  const byPlace = new Map<string, readonly ChainedEvent[]>();
  for (const event of events) {
    const { chain, version } = event;
    if (event.keyId !== keyId || chain === undefined || !isVersion(version)) continue;
    const place = canonicalJson([event.id, version, chain.hash]);
    byPlace.set(place, withCopy(byPlace.get(place) ?? [], { ...event, version, chain }));
  }
  return [...byPlace.values()].flat().sort((a, b) => a.version - b.version);
}

/** Whether a key can have such a version. */
export function isVersion(version: unknown): version is number {
  return Number.isSafeInteger(version) && Number(version) > 0;
}

/** Whether an event is the next one after a head. */
export function follows({ chain }: ChainedEvent, head: string | null): boolean {
  if (head !== null && !isHash(head)) return false;
  return isHash(chain.hash) && isHash(chain.bodyHash) && chain.hash === headAfter(head, chain.bodyHash);
}

/** Whether an event's body is what its hash was made over; of an erased one, whether nothing is where it was. */
export function isIntact(event: ChainedEvent): boolean {
  const { chain, erasedAt, ...body } = event;
  if (erasedAt === undefined) return bodyHashOf(body) === chain.bodyHash;
  return canonicalJson({ ...event, chain: null }) === canonicalJson({ ...erasedEvent(body, erasedAt), chain: null });
}

function withCopy(others: readonly ChainedEvent[], event: ChainedEvent): readonly ChainedEvent[] {
  for (const [index, other] of others.entries()) {
    const counting = countingOf(other, event);
    if (counting !== undefined) return others.with(index, counting);
  }
  return [...others, event];
}

/** Of two copies of one event the one that counts; undefined: they differ, and not by an erasure. */
function countingOf(a: ChainedEvent, b: ChainedEvent): ChainedEvent | undefined {
  const [whole, counting] = a.erasedAt === undefined ? [a, b] : [b, a];
  const { erasedAt } = counting;
  if (erasedAt === undefined || whole.erasedAt !== undefined) return isEqual(whole, counting) ? counting : undefined;
  return isIntact(whole) && isEqual(erasedEvent(whole, erasedAt), counting) ? counting : undefined;
}

function isEqual(a: AuditEvent, b: AuditEvent): boolean {
  return textOf(a) === textOf(b);
}

function textOf({ chain, ...rest }: AuditEvent): string {
  return canonicalJson({ ...rest, chain: chain === undefined ? null : { ...chain } });
}
