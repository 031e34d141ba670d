import { MIN_PEPPER_BYTES } from "../bounds.js";
import { isBytes } from "../value/is-bytes.js";
import { describeValue } from "../value/refuse.js";
import type { Pepper } from "./pepper.js";

const PEPPER_ID = /^[A-Za-z0-9_-]{1,32}$/;

/**
 * Checks and copies the peppers that the programmer gave. Every member is read once. Texts are not shown in errors: any
 * of them may be a secret in the wrong place.
 *
 * @throws TypeError naming the option
 */
export function readPeppers(given: unknown): readonly Pepper[] {
  const entries: unknown = look("peppers", () => (Array.isArray(given) ? [...given] : undefined));
  if (!Array.isArray(entries)) throw refused("peppers", "an array of { id, secret }", given);
  return entries.map((entry: unknown, index) => readPepper(`peppers[${index}]`, entry));
}

function readPepper(option: string, entry: unknown): Pepper {
  if (typeof entry !== "object" || entry === null) throw refused(option, "an object with the fields id, secret", entry);
  const { names, id, secret } = look(option, () => ({
    names: Reflect.ownKeys(entry),
    id: Reflect.get(entry, "id"),
    secret: copyBytes(Reflect.get(entry, "secret")),
  }));
  const unknown = names.find((name) => name !== "id" && name !== "secret");
  if (unknown !== undefined)
    throw new TypeError(`${option} has no field ${describeValue(String(unknown))}; allowed: id, secret`);
  if (typeof id !== "string" || !PEPPER_ID.test(id))
    throw refused(`${option}.id`, "1 to 32 letters, digits, _ or -", id);
  if (!isBytes(secret) || secret.length < MIN_PEPPER_BYTES) {
    throw refused(`${option}.secret`, `a Uint8Array of at least ${MIN_PEPPER_BYTES} bytes`, secret);
  }
  return { id, secret };
}

function copyBytes(value: unknown): unknown {
  return isBytes(value) ? new Uint8Array(value) : value;
}

function look<T>(option: string, read: () => T): T {
  try {
    return read();
  } catch (cause) {
    throw new TypeError(`${option} could not be read: looking at it threw`, { cause });
  }
}

function refused(option: string, allowed: string, given: unknown): TypeError {
  return new TypeError(`${option} must be ${allowed}; got ${describeKind(given)}`);
}

function describeKind(value: unknown): string {
  if (typeof value === "string") return `a string of ${value.length} characters`;
  if (isBytes(value)) return `one of ${value.length} bytes`;
  return typeof value === "number" ? "a number" : describeValue(value);
}
