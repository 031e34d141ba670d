import * as z from "zod/mini";
import { DEFAULT_PAGE_SIZE, MAX_PAGE_SIZE, MAX_SEARCH_LENGTH } from "../bounds.js";
import { owner } from "../key/key-fields.js";
import type { ListedStatus } from "../key/key-state.js";
import { foldText, hasSeparator } from "../key/search-text.js";
import type { ScopeCatalogue } from "../scope/catalogue.js";
import type { ListQuery } from "../store/list-query.js";
import { fields, parseInput } from "../value/parse-input.js";
import { invalidInput } from "../value/refuse.js";
import { text } from "../value/text.js";
import { wholeNumber } from "../value/whole-number.js";
import { parseCursor } from "./cursor.js";

const STATUSES = [
  "active",
  "pending",
  "disabled",
  "expired",
  "revoked",
  "compromised",
] as const satisfies readonly ListedStatus[];

const schema = fields({
  owner: z.optional(owner),
  status: z.optional(z.literal(STATUSES, `one of ${STATUSES.join(", ")}`)),
  scope: z.optional(z.string("a scope of the catalogue")),
  search: z.optional(text(MAX_SEARCH_LENGTH)),
  sort: z.optional(z.literal(["newest", "oldest"], '"newest" or "oldest"')),
  cursor: z.optional(z.string("the nextCursor of an earlier page")),
  pageSize: z.optional(wholeNumber(1, MAX_PAGE_SIZE)),
});

/**
 * What a caller wants listed, as a store's query.
 *
 * @throws ClavigerError `invalid_input` naming the field
 */
export function parseListInput(
  input: unknown,
  tenant: string,
  catalogue: ScopeCatalogue<string>,
  nowMs: number,
): ListQuery {
  const { owner, status, scope, search, sort, cursor, pageSize } = parseInput(
    "input",
    schema,
    input === undefined ? {} : input,
  );
  if (scope !== undefined && !catalogue.has(scope))
    throw invalidInput("scope", "a scope of the catalogue, without wildcards", scope);
  if (search !== undefined && hasSeparator(search)) throw invalidInput("search", "a text without U+001F", search);
  return {
    tenant,
    ...(owner !== undefined && { owner }),
    ...(status !== undefined && { status }),
    ...(scope !== undefined && { grants: catalogue.coveringGrants(scope) }),
    ...(search !== undefined && { search: foldText(search) }),
    order: sort ?? "newest",
    ...(cursor !== undefined && { after: parseCursor(cursor) }),
    limit: pageSize ?? DEFAULT_PAGE_SIZE,
    nowMs,
  };
}
