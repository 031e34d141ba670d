import { ClavigerError } from "../errors.js";
import { isPlain } from "./is-plain.js";
import { memberPath } from "./member-path.js";
import { invalidInput } from "./refuse.js";

const MAX_DEPTH = 16;
const MAX_MEMBERS = 5_000;

/**
 * A plain copy of what came from outside, every member read exactly once. So a getter cannot answer twice, a proxy
 * cannot throw in the middle of a parser, a cycle ends, and nobody can change an input while it is being used.
 * `Date`s are copied; other members that are instances of classes are refused, since a copy of a `Map` would be empty.
 * The value itself may be an instance of a class with fields of its own. Members that are undefined, functions or the
 * like are kept for the schema to refuse; functions by a stand-in, since one can be a proxy too.
 *
 * @param field what the value is called in errors
 * @throws ClavigerError `invalid_input`: a getter or proxy that threw, a symbol or `__proto__` as a name, more than 16
 *   levels or 5,000 members
 */
export function snapshot(field: string, value: unknown): unknown {
  let members = 0;
  const copy = (path: readonly (string | number)[], given: unknown): unknown => {
    if (typeof given === "function") return someFunction;
    if (typeof given !== "object" || given === null) return given;
    const topmost = memberPath(field, path.slice(0, 1));
    if (path.length > MAX_DEPTH) throw invalidInput(topmost, `nested at most ${MAX_DEPTH} levels deep`, given);
    return guarded(memberPath(field, path), () => {
      if (path.length > 0 && given instanceof Date) return new Date(given.getTime());
      if (!isPlain(given) && (path.length > 0 || isFieldless(given)))
        throw invalidInput(memberPath(field, path), "a plain value, no instance of a class", given);
      const target: Record<string, unknown> | unknown[] = Array.isArray(given) ? [] : {};
      for (const name of memberNames(memberPath(field, path), given)) {
        members += 1;
        if (members > MAX_MEMBERS)
          throw invalidInput(topmost, `an input of at most ${MAX_MEMBERS} members in all`, given);
        const inside = [...path, name];
        const member = guarded(memberPath(field, inside), () => Reflect.get(given, name));
        Reflect.set(target, name, copy(inside, member));
      }
      return target;
    });
  };
  return copy([], value);
}

function someFunction(): void {}

// A Map, a Date, a class with private members: its copy would be an empty object, as if nothing had been asked for.
function isFieldless(value: object): boolean {
  return Reflect.ownKeys(value).length === 0;
}

function memberNames(field: string, value: object): readonly (string | number)[] {
  if (Array.isArray(value)) {
    if (value.length > MAX_MEMBERS) throw invalidInput(field, `an array of at most ${MAX_MEMBERS}`, value);
    return Array.from(value, (_, index) => index);
  }
  return Reflect.ownKeys(value).map((name) => {
    if (typeof name === "symbol") throw invalidInput(field, "an object whose fields are named by strings", name);
    if (name === "__proto__") throw invalidInput(field, "an object without a field named __proto__", value);
    return name;
  });
}

function guarded<T>(field: string, read: () => T): T {
  try {
    return read();
  } catch (cause) {
    if (cause instanceof ClavigerError) throw cause;
    throw new ClavigerError("invalid_input", `${field} could not be read: looking at it threw`, { field, cause });
  }
}
