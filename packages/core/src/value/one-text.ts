import { boundedCache } from "./bounded-cache.js";

/** Many keys have one of a few tenants, and are used from a few addresses. */
const MAX_TEXTS = 1_000;

/** A text as the one that all who have the same share: of a million equal ones none would be at hand. */
export const oneText: (text: string) => string = /* @__PURE__ */ boundedCache(MAX_TEXTS, (text) => text);
