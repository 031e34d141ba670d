import { invalidInput } from "../value/refuse.js";
import type { EventPosition } from "./event-query.js";

const ID = /^[0-9A-Za-z_-]{1,64}$/;

/** A position among a tenant's events as the opaque text that callers hand back. */
export function formatEventCursor({ at, id }: EventPosition): string {
  return `${at.toString(36)}.${id}`;
}

/** @throws ClavigerError `invalid_input` for what `formatEventCursor` did not make */
export function parseEventCursor(cursor: string): EventPosition {
  const [time = "", id = "", ...rest] = cursor.split(".", 3);
  const at = Number.parseInt(time, 36);
  const position = { at, id };
  if (rest.length > 0 || !ID.test(id) || !Number.isSafeInteger(at) || formatEventCursor(position) !== cursor) {
    throw invalidInput("cursor", "the nextCursor of an earlier page", cursor);
  }
  return position;
}
