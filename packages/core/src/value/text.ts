import * as z from "zod/mini";

// A lone surrogate is a surrogate that the `u` flag could not pair.
const UNSTORABLE = /[\0\p{Surrogate}]/u;

/** Whether every store keeps the text as it is: without NUL (PostgreSQL 22021) and lone surrogates (22P02). */
export function isStorable(text: string): boolean {
  return !UNSTORABLE.test(text);
}

/** Schema of a text of 1 to `maxLength` UTF-16 code units, not only white space, that every store can keep. */
export function text(maxLength: number): z.ZodMiniType<string> {
  const allowed = `a text of 1 to ${maxLength} characters, not only white space, without NUL and lone surrogates`;
  return z.custom<string>(
    (value) => typeof value === "string" && value.length <= maxLength && value.trim() !== "" && isStorable(value),
    allowed,
  );
}
