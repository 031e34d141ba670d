/** A place in the order of (at, id). */
export interface EventPosition {
  readonly at: number;
  readonly id: string;
}

/** Filters are joined by "and". */
export interface EventQuery {
  readonly tenant: string;
  readonly keyId?: string;
  readonly actor?: string;
  /** Any one of these; an empty list finds nothing. */
  readonly types?: readonly string[];
  /** Epoch ms, inclusive. */
  readonly fromAt?: number;
  /** Epoch ms, exclusive. */
  readonly beforeAt?: number;
  readonly order: "newest" | "oldest";
  /** Exclusive: the last position already seen. */
  readonly after?: EventPosition;
  /** At most so many items, 1 to 100. */
  readonly limit: number;
}

export interface EventPage<Event> {
  /** May be short, even empty, while `next` is set. */
  readonly items: readonly Event[];
  /** Where the next page begins; absent: there is none. */
  readonly next?: EventPosition;
}
