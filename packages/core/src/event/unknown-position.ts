import type { ClavigerError } from "../errors.js";
import { invalidInput } from "../value/refuse.js";

/** What a store's `feed` throws for a position that it never gave: no trouble of its own, but an argument to be mended. */
export function unknownPosition(given: unknown): ClavigerError {
  return invalidInput("position", "one that the feed of this database gave, or absent to begin anew", given);
}
