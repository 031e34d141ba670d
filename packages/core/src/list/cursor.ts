import type { ListPosition } from "../store/list-query.js";
import { isKeyId } from "../token/key-id.js";
import { invalidInput } from "../value/refuse.js";

/** A position in a list as the opaque text that callers hand back. */
export function formatCursor(position: ListPosition): string {
  return `${position.createdAt.toString(36)}_${position.id}`;
}

/** @throws ClavigerError `invalid_input` for what `formatCursor` did not make */
export function parseCursor(cursor: string): ListPosition {
  const [time = "", id = "", ...rest] = cursor.split("_", 3);
  const createdAt = Number.parseInt(time, 36);
  const position = { createdAt, id };
  if (rest.length > 0 || !isKeyId(id) || !Number.isSafeInteger(createdAt) || formatCursor(position) !== cursor) {
    throw invalidInput("cursor", "the nextCursor of an earlier page", cursor);
  }
  return position;
}
