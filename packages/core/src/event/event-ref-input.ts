import * as z from "zod/mini";
import { isKeyId } from "../token/key-id.js";
import { parseInput } from "../value/parse-input.js";
import { text } from "../value/text.js";
import { time } from "../value/time.js";
import type { EventRef } from "./event-query.js";

const MAX_EVENT_ID_LENGTH = 64;

// What else an event has is no mistake: one hands in what a list has shown.
const schema = z.object(
  {
    id: text(MAX_EVENT_ID_LENGTH),
    at: time,
    keyId: z.optional(z.custom<string>(isKeyId, "a key's id")),
  },
  "an event, or its id, at and keyId",
);

/**
 * Which event of a tenant a caller means.
 *
 * @throws ClavigerError `invalid_input` naming the field
 */
export function parseEventRef(event: unknown, tenant: string): EventRef {
  const { id, at, keyId } = parseInput("event", schema, event);
  return { tenant, id, at, ...(keyId !== undefined && { keyId }) };
}
