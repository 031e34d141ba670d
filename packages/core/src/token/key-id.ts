import { isBase62 } from "./base62.js";
import { ID_LENGTH } from "./token-shape.js";

/** Whether a value has the form of a key's id: 16 characters of base62. */
export function isKeyId(value: unknown): value is string {
  return typeof value === "string" && value.length === ID_LENGTH && isBase62(value, 0, ID_LENGTH);
}
