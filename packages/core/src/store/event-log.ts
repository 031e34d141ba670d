import type { AuditEvent } from "../event/audit-event.js";
import type { EventPage, EventQuery } from "../event/event-query.js";
import type { ObservationEvent } from "../event/key-event.js";

export interface EventLog {
  /** Records what is no change of a key. An event whose id is there already is left as it is. */
  append(events: readonly ObservationEvent[]): Promise<void>;

  /**
   * One page of a tenant's events, changes and observations alike, in the order of (at, id). Ids compare by code unit.
   * Every event that was committed before the call is met, and each once: with `keyId` always; without it, where
   * `capabilities.lists` is `lagging`, sooner or later. An event that commits during a walk, at a time that the walk has
   * passed, is not met by it.
   */
  events(query: EventQuery): Promise<EventPage<AuditEvent>>;
}
