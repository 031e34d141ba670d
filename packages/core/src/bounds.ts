/** The bounds of everything a caller can give. Lengths count UTF-16 code units; times and durations are milliseconds. */

export const MAX_TOKEN_LENGTH = 128;
export const MIN_PREFIX_LENGTH = 2;
export const MAX_PREFIX_LENGTH = 24;

export const MAX_NAME_LENGTH = 200;
export const MAX_OWNER_LENGTH = 128;
export const MAX_TENANT_LENGTH = 128;
export const MAX_REASON_LENGTH = 200;
export const MAX_SEARCH_LENGTH = 200;
/** Of the name of what is sighted, and of an outcome that is counted. */
export const MAX_USAGE_NAME_LENGTH = 200;

/** Bytes of the metadata's JSON text in UTF-8. */
export const MAX_METADATA_BYTES = 4096;
export const MAX_METADATA_DEPTH = 8;

export const MAX_SCOPES = 100;
export const MAX_SCOPE_LENGTH = 128;
export const MAX_SCOPE_SEGMENTS = 8;

export const MAX_CIDRS = 64;
export const MAX_RESOURCE_KINDS = 16;
export const MAX_RESOURCE_KIND_LENGTH = 64;
export const MAX_RESOURCES = 100;
export const MAX_RESOURCE_LENGTH = 200;
/** Bytes of all resource rules of a key as one JSON text in UTF-8: what keeps a key and the event of its change within a row of any store. */
export const MAX_RESOURCES_BYTES = 65_536;

export const MAX_LIMITS = 8;
/** The highest `limit` of a quota or of credits, and of a rate (which is bounded by its period besides). */
export const MAX_LIMIT = 1_000_000_000_000;
/** A GCRA meter counts whole microseconds, so a rate admits at most this many a millisecond. */
export const MAX_RATE_PER_MS = 1000;

const DAY_MS = 86_400_000;
/** The longest duration: a hundred years. */
export const MAX_DURATION_MS: number = 36_500 * DAY_MS;
/** The longest period of a rate or quota: ten years. */
export const MAX_PERIOD_MS: number = 3_660 * DAY_MS;
/** The latest time: the year 2200. A time and two periods are a safe integer of microseconds. */
export const MAX_TIME_MS = 7_258_118_400_000;

export const DEFAULT_OVERLAP_MS: number = DAY_MS;
export const MAX_OVERLAP_MS: number = 30 * DAY_MS;

export const DEFAULT_LIFETIME_MS: number = 90 * DAY_MS;
export const DEFAULT_MAX_LIFETIME_MS: number = 365 * DAY_MS;
export const DEFAULT_MAX_KEYS_PER_OWNER = 100;
/** The highest `maxKeysPerOwner`: a store keeps the ids of an owner's live keys in one row or item. */
export const MAX_KEYS_PER_OWNER = 10_000;

export const DEFAULT_PAGE_SIZE = 20;
export const MAX_PAGE_SIZE = 100;

export const MIN_PEPPER_BYTES = 32;

/** How often the keyring re-decides and retries a compare-and-swap that it lost. */
export const MAX_SWAP_ATTEMPTS = 5;
/** How often a creation draws a new id after `duplicate`. */
export const MAX_ID_ATTEMPTS = 5;
