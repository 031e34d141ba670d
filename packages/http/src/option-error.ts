import { redactTokens } from "claviger";

const SHOWN_CHARACTERS = 40;

/** The error for an option, or for what a hook made of a request, that is not what it must be. It never holds a token. */
export function optionError(option: string, allowed: string, given: unknown): TypeError {
  return new TypeError(`${option} must be ${allowed}; got ${describe(given)}`);
}

function describe(value: unknown): string {
  if (typeof value === "string") return describeText(value);
  if (typeof value === "number" || typeof value === "boolean" || value === undefined || value === null)
    return String(value);
  if (Array.isArray(value)) return `an array of ${value.length}`;
  return typeof value === "object" ? "an object" : `a ${typeof value}`;
}

function describeText(text: string): string {
  const shown = redactTokens(text);
  return shown.length <= SHOWN_CHARACTERS ? JSON.stringify(shown) : `a string of ${text.length} characters`;
}
