import type { ScopeCatalogue } from "./catalogue.js";
import { createCatalogue } from "./create-catalogue.js";
import { isGrant, isScope } from "./grammar.js";

/** The catalogue of those who have declared none: any well-formed scope exists, and none implies another. */
export const anyScopes: ScopeCatalogue<string> = createCatalogue({
  scopes: Object.freeze([]),
  has: isScope,
  allows: isGrant,
  waysTo: (scope) => new Map([[scope, scope]]),
});
