import type { AuditEvent } from "../event/audit-event.js";
import type { ChangeEvent } from "../event/key-event.js";
import { canonicalJson } from "./canonical-json.js";
import { bodyHashOf, headAfter, isHash } from "./chain.js";
import { erasedEvent } from "./erased-event.js";

/** An event that claims a place in a chain. */
export type ChainedEvent = AuditEvent & Pick<ChangeEvent, "version" | "chain">;

/**
 * The events of one key that claim a place in its chain, in the order of their versions. Of an event that is there
 * twice, as in a feed that was read again, the last copy counts.
 */
export function chainedEvents(keyId: string, events: readonly AuditEvent[]): readonly ChainedEvent[] {
  const byPlace = new Map<string, ChainedEvent>();
  for (const event of events) {
    const { chain, version = 0 } = event;
    if (event.keyId === keyId && chain !== undefined)
      byPlace.set(canonicalJson([event.id, version, chain.hash]), { ...event, version, chain });
  }
  return [...byPlace.values()].sort((a, b) => a.version - b.version);
}

/** Whether an event is the next one after a head. */
export function follows({ chain }: ChainedEvent, head: string | null): boolean {
  return isHash(chain.hash) && isHash(chain.bodyHash) && chain.hash === headAfter(head, chain.bodyHash);
}

/** Whether an event's body is what its hash was made over; of an erased one, whether nothing is where it was. */
export function isIntact(event: ChainedEvent): boolean {
  const { chain, erasedAt, ...body } = event;
  if (erasedAt === undefined) return bodyHashOf(body) === chain.bodyHash;
  return canonicalJson({ ...event, chain: null }) === canonicalJson({ ...erasedEvent(body, erasedAt), chain: null });
}

/** Which events of a chain a later one says were erased: their ids by version. */
export function recordedErasures(events: readonly ChainedEvent[]): ReadonlySet<string> {
  const erasures = events.filter((event) => event.type === "key.event_erased" && isIntact(event));
  return new Set(
    erasures
      .filter(({ version, data }) => typeof data.version === "number" && data.version < version)
      .map(({ data }) => erasureName(data.version, data.eventId)),
  );
}

/** Whether a later event of the chain says that this one was erased. */
export function isRecorded({ version, id }: ChainedEvent, erasures: ReadonlySet<string>): boolean {
  return erasures.has(erasureName(version, id));
}

function erasureName(version: unknown, eventId: unknown): string {
  return `${version} ${eventId}`;
}
