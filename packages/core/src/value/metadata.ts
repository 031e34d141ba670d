import * as z from "zod/mini";
import { MAX_METADATA_BYTES, MAX_METADATA_DEPTH } from "../bounds.js";
import { isStorable } from "./text.js";
import { utf8Length } from "./utf8-length.js";

export type JsonValue =
  | null
  | boolean
  | number
  | string
  | readonly JsonValue[]
  | { readonly [name: string]: JsonValue };

/** What the application keeps with a key: JSON, at most 4 KB and 8 levels deep. */
export type Metadata = { readonly [name: string]: JsonValue };

const FORBIDDEN_NAMES: ReadonlySet<string> = new Set(["__proto__", "constructor", "prototype"]);

/**
 * Schema of {@link Metadata}: what every store gives back deep-equal, and nothing else. So no undefined, no -0, no
 * number that JSON cannot write, no NUL, no lone surrogate, and no name that a careless merge would take for a prototype.
 */
export const metadata: z.ZodMiniType<Metadata> = z.custom<Metadata>(
  (value) => isPlainObject(value) && isJson(value, 1) && isSmall(value),
  `a JSON object of at most ${MAX_METADATA_BYTES} bytes and ${MAX_METADATA_DEPTH} levels, ` +
    "without undefined, -0, non-finite numbers, NUL, lone surrogates, or the names __proto__, constructor and prototype",
);

// Texts first: written out, some hundred long ones would be more than a string can hold.
function isSmall(value: Metadata): boolean {
  return textLength(value) <= MAX_METADATA_BYTES && utf8Length(JSON.stringify(value)) <= MAX_METADATA_BYTES;
}

function textLength(value: JsonValue): number {
  if (typeof value === "string") return value.length;
  if (typeof value !== "object" || value === null) return 0;
  return Object.entries(value).reduce((sum, [name, member]) => sum + name.length + textLength(member), 0);
}

function isJson(value: unknown, depth: number): value is JsonValue {
  switch (typeof value) {
    case "string":
      return value.length <= MAX_METADATA_BYTES && isStorable(value);
    case "boolean":
      return true;
    case "number":
      return Number.isFinite(value) && !Object.is(value, -0);
    case "object":
      if (value === null) return true;
      return depth <= MAX_METADATA_DEPTH && areMembersJson(value, depth);
    default:
      return false;
  }
}

function areMembersJson(value: object, depth: number): boolean {
  if (Array.isArray(value)) return value.every((member) => isJson(member, depth + 1));
  if (!isPlainObject(value)) return false;
  return Object.entries(value).every(
    ([name, member]) => isStorable(name) && !FORBIDDEN_NAMES.has(name) && isJson(member, depth + 1),
  );
}

function isPlainObject(value: unknown): value is { readonly [name: string]: unknown } {
  return typeof value === "object" && value !== null && Object.getPrototypeOf(value) === Object.prototype;
}
