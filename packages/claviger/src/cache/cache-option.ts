import { fields, parseOption, wholeNumber } from "@claviger/core";
import type { CacheOptions } from "../options.js";

const MAX_CACHE_STALE_MS = 3_600_000;
const MAX_CACHE_ENTRIES = 10_000_000;

const schema = fields({
  maxStaleMs: wholeNumber(1, MAX_CACHE_STALE_MS),
  maxEntries: wholeNumber(1, MAX_CACHE_ENTRIES),
});

/** @throws TypeError naming what is missing, unknown or out of bounds */
export function cacheOption(given: CacheOptions | undefined): CacheOptions | undefined {
  return given === undefined ? undefined : parseOption("cache.", schema, given);
}
