/**
 * What the writes of a key are conditional on, each clause by what it guards. `replace` of version 2 by version 3:
 *
 *     version 2 ──────────┬── next is version 3 ──▶  IS_THE_EXPECTED_VERSION: one of two writers comes first
 *     an event rides ─────┤                          NO_EVENT_RIDES (events/riding.ts): it would be overwritten, so it
 *                         │                            is copied out before
 *     expired, its place  ┘                          HOLDS_ITS_PLACE: a later end that was decided before the end
 *     was given away                                   must not bring it back beside the key that took the place
 */
export const IS_THE_EXPECTED_VERSION = "attribute_exists(#pk) AND #tenant = :tenant AND #version = :expectedVersion";

export const HOLDS_ITS_PLACE = "attribute_not_exists(#placeGivenAway)";

/**
 * A key that ends no later than it would have, and was not ended otherwise, is brought back by nothing: it may be disabled
 * although a process whose clock is ahead took it for expired and gave its place away.
 */
const ENDS_NO_LATER = "#expiresAt >= :expiresAt AND #state IN (:active, :disabled)";
export const HOLDS_ITS_PLACE_OR_ENDS_NO_LATER: string = `(${HOLDS_ITS_PLACE} OR (${ENDS_NO_LATER}))`;

/** Nobody's key, no tombstone and no fence has the id. */
export const ID_IS_FREE = "attribute_not_exists(#pk)";

/** Unchanged since it was read, and so as dead as it was then; a fence or tombstone of another write is not. */
export const IS_AS_IT_WAS_READ = "attribute_exists(#pk) AND #version = :version";
