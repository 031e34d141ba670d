import { boundedCache } from "../value/bounded-cache.js";
import { deepFreeze } from "../value/freeze.js";
import type { Limit } from "./limit.js";

/** Applications have a few, and each key holds one of those. */
const MAX_LISTS = 1_000;
const listOf = /* @__PURE__ */ boundedCache(MAX_LISTS, (json) => deepFreeze<readonly Limit[]>(JSON.parse(json)));

/** Limits as the one list that all keys share which have the same: of a million lists none would be at hand. */
export function oneList(limits: readonly Limit[]): readonly Limit[] {
  return listOf(JSON.stringify(limits));
}
