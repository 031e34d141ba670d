/** A secondary index, which lags behind the table: what is read through it is never what a decision rests on. */
export interface Index {
  readonly name: string;
  /** The attribute that an item has only while it is in the index. */
  readonly partition: string;
  /** The attribute that it is ordered by. */
  readonly place: string;
  /** What it carries besides its keys. No digest, so that a reader of an index alone learns none. */
  readonly carries: readonly string[];
}

/** What a list is filtered by. */
const FILTERED_BY = ["state", "expiresAt", "notBefore", "scopes", "search"] as const;

export const KEYS_OF_TENANT: Index = {
  name: "keys-of-tenant",
  partition: "listOf",
  place: "listAt",
  carries: FILTERED_BY,
};

export const KEYS_OF_OWNER: Index = {
  name: "keys-of-owner",
  partition: "listOfOwner",
  place: "listAt",
  carries: FILTERED_BY,
};

/** Events in the log and events that still ride in what they tell of. */
export const LOG: Index = { name: "log", partition: "logOf", place: "logAt", carries: ["event"] };

/**
 * What no reader of the feed can meet yet: events that still ride in what they tell of, and notes in the log that have no
 * place in the feed. By the event's id, so that no partition of it is busier than another.
 */
export const RIDING: Index = { name: "riding", partition: "ridesAs", place: "logAt", carries: [] };

export const INDEXES: readonly Index[] = [KEYS_OF_TENANT, KEYS_OF_OWNER, LOG, RIDING];
