import type { AuditEvent } from "../event/audit-event.js";
import type { Found } from "./chain-damage.js";
import { type ChainedEvent, isIntact, isVersion } from "./chained-event.js";
import { isRecorded } from "./recorded-erasures.js";

export function found(kind: Found["kind"], { version, id }: AuditEvent): Found {
  return { kind, version: isVersion(version) ? version : 0, eventId: id };
}

/** What is wrong with the body of an event. */
export function bodyDamage(event: ChainedEvent, erasures: ReadonlySet<string>): readonly Found[] {
  if (!isIntact(event)) return [found("edited", event)];
  return event.erasedAt !== undefined && !isRecorded(event, erasures) ? [found("erased", event)] : [];
}

/** What stands where only this event should: copies of it that were edited, and others. */
export function rivalDamage(event: ChainedEvent, rivals: readonly ChainedEvent[]): readonly Found[] {
  return rivals
    .filter((each) => each !== event)
    .map((each) => found(each.id === event.id && each.chain.hash === event.chain.hash ? "edited" : "duplicate", each));
}

/** In their order, those of one version together. */
export function byVersion(events: readonly ChainedEvent[]): readonly (readonly ChainedEvent[])[] {
  const groups = new Map<number, ChainedEvent[]>();
  for (const event of events) {
    const group = groups.get(event.version);
    if (group === undefined) groups.set(event.version, [event]);
    else group.push(event);
  }
  return [...groups.values()];
}
