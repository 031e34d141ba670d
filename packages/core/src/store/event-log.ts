import type { AuditEvent } from "../event/audit-event.js";
import type {
  ChainPage,
  ChainQuery,
  EventPage,
  EventQuery,
  EventRef,
  FeedPage,
  PurgeQuery,
  PurgeResult,
} from "../event/event-query.js";
import type { NoteEvent } from "../event/key-event.js";

export interface EventLog {
  /** Records what is no change. An event whose id is there already is left as it is. */
  append(events: readonly NoteEvent[]): Promise<void>;

  /**
   * One page of a tenant's events, changes and notes alike, in the order of (at, id). Ids compare by code unit.
   * Every event that was committed before the call is met, and each once: with `keyId` always; without it, where
   * `capabilities.lists` is `lagging`, sooner or later. An event that commits during a walk, at a time that the walk has
   * passed, is not met by it.
   */
  events(query: EventQuery): Promise<EventPage<AuditEvent>>;

  /**
   * A part of the log of all tenants, for who copies it elsewhere. Every event that was committed is met by who goes on
   * from position to position, however late it commits and whatever its time: an event takes its place when it commits,
   * or when it is copied out, never before a place that was read. Each at least once, and those of one key in the
   * order of their versions. What was erased or purged since is met erased or not at all. An empty part means that there
   * was nothing more, however much was purged before it.
   *
   * @param after `position` of the part before; absent: from the beginning
   * @param limit at most so many items, 1 to 100
   * @throws ClavigerError `invalid_input`, by core's `unknownPosition`: a position that this store never gave, as one of another database
   */
  feed(after: string | undefined, limit: number): Promise<FeedPage>;

  /**
   * Takes the bodies of events away for good, as core's `erasedEvent` does. A reference that finds nothing, or an erased
   * event, is left alone.
   *
   * @param erasedAt epoch ms
   */
  eraseEvents(events: readonly EventRef[], erasedAt: number): Promise<void>;

  /**
   * Takes away events of a tenant with `at` before a time. Of a key's chain only from its beginning, in the order of
   * versions, up to the first event that is not before it, and so never from its middle: the last one taken away is the
   * chain's anchor. No reader of `chains` and then `events` misses an event that no anchor stands for.
   * What is taken away is forgotten, its id too: who repeats the write of such an event later writes it anew.
   */
  purgeEvents(query: PurgeQuery): Promise<PurgeResult>;

  /**
   * The chains of a tenant's keys, deleted ones included. A key that exists throughout a walk is met at least once;
   * with `keyId` always, as it is now.
   */
  chains(query: ChainQuery): Promise<ChainPage>;
}
