import { MAX_USAGE_NAME_LENGTH } from "../bounds.js";
import { redactTokens } from "../token/redact.js";
import { isStorable } from "../value/text.js";

/**
 * What is kept of the name that a client gives itself: at most 200 characters of it, without the secrets of tokens that
 * may stand in it.
 *
 * @returns undefined: nothing that could be kept, only white space or with NUL or a lone surrogate in it
 */
export function clientName(given: string): string | undefined {
  const name = redactTokens(beginning(given)).trim();
  return name !== "" && isStorable(name) ? name : undefined;
}

// Whole characters, and a text of its own: a slice would hold on to what it was cut from, however long that is.
function beginning(text: string): string {
  if (text.length <= MAX_USAGE_NAME_LENGTH) return text;
  const characters = [...text.slice(0, MAX_USAGE_NAME_LENGTH)];
  if (text.codePointAt(MAX_USAGE_NAME_LENGTH - 1) !== text.charCodeAt(MAX_USAGE_NAME_LENGTH - 1)) characters.pop();
  return characters.join("");
}
