import { ClavigerError } from "../errors.js";
import { redactTokens } from "../token/redact.js";

const SHOWN_CHARACTERS = 40;

/** A short, safe rendering of what was given: type and beginning, never a token, never more than a line. */
export function describeValue(value: unknown): string {
  if (value === null) return "null";
  switch (typeof value) {
    case "string":
      return describeText(value);
    case "number":
    case "boolean":
    case "undefined":
      return String(value);
    case "object":
      return describeObject(value);
    default:
      return `a ${typeof value}`;
  }
}

function describeText(text: string): string {
  if (text === "") return "an empty string";
  const shown = JSON.stringify(redactTokens(text.slice(0, 4 * SHOWN_CHARACTERS)).slice(0, SHOWN_CHARACTERS));
  return text.length <= SHOWN_CHARACTERS ? shown : `${shown}… (${text.length} characters)`;
}

function describeObject(value: object): string {
  try {
    if (Array.isArray(value)) return `an array of ${value.length}`;
    if (value instanceof Date) return Number.isNaN(value.getTime()) ? "an invalid Date" : value.toISOString();
  } catch {
    // A revoked proxy throws on every look; it is still an object.
  }
  return "an object";
}

/** What sort of thing was given, without a character of it: it may be a connection string in the wrong place. */
export function describeKind(value: unknown): string {
  return typeof value === "string" ? `a string of ${value.length} characters` : describeValue(value);
}

/** `invalid_input`, saying which field, what it takes, and what was given. */
export function invalidInput(field: string, allowed: string, given: unknown): ClavigerError {
  return new ClavigerError("invalid_input", `${field} must be ${allowed}; got ${describeValue(given)}`, { field });
}
