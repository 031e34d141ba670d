import * as z from "zod/mini";
import { DEFAULT_PAGE_SIZE, MAX_OWNER_LENGTH, MAX_PAGE_SIZE } from "../bounds.js";
import { isKeyId } from "../token/key-id.js";
import { distinctList } from "../value/distinct-list.js";
import { fields, parseInput } from "../value/parse-input.js";
import { text } from "../value/text.js";
import { time } from "../value/time.js";
import { wholeNumber } from "../value/whole-number.js";
import { parseEventCursor } from "./event-cursor.js";
import type { EventQuery } from "./event-query.js";
import { EVENT_TYPES, isEventType } from "./event-types.js";

const type = z.custom<string>(isEventType, `one of ${EVENT_TYPES.join(", ")}`);

const schema = fields({
  keyId: z.optional(z.custom<string>(isKeyId, "a key's id")),
  actor: z.optional(text(MAX_OWNER_LENGTH)),
  types: z.optional(distinctList(type, EVENT_TYPES.length, "types of events")),
  from: z.optional(time),
  before: z.optional(time),
  sort: z.optional(z.literal(["newest", "oldest"], '"newest" or "oldest"')),
  cursor: z.optional(z.string("the nextCursor of an earlier page")),
  pageSize: z.optional(wholeNumber(1, MAX_PAGE_SIZE)),
});

/**
 * Which events a caller wants to see, as a store's query.
 *
 * @throws ClavigerError `invalid_input` naming the field
 */
export function parseEventListInput(input: unknown, tenant: string): EventQuery {
  const { keyId, actor, types, from, before, sort, cursor, pageSize } = parseInput(
    "input",
    schema,
    input === undefined ? {} : input,
  );
  return {
    tenant,
    ...(keyId !== undefined && { keyId }),
    ...(actor !== undefined && { actor }),
    ...(types !== undefined && { types }),
    ...(from !== undefined && { fromAt: from }),
    ...(before !== undefined && { beforeAt: before }),
    order: sort ?? "newest",
    ...(cursor !== undefined && { after: parseEventCursor(cursor) }),
    limit: pageSize ?? DEFAULT_PAGE_SIZE,
  };
}
