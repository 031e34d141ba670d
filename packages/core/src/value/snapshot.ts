import { ClavigerError } from "../errors.js";
import { isPlain } from "./is-plain.js";
import { memberPath } from "./member-path.js";
import { invalidInput } from "./refuse.js";

const MAX_DEPTH = 16;
const MAX_MEMBERS = 5_000;

type Path = readonly (string | number)[];

/**
 * A plain copy of what came from outside, every member read exactly once. So a getter cannot answer twice, a proxy
 * cannot throw in the middle of a parser, a cycle ends, and nobody can change an input while it is being used.
 * `Date`s are copied; other instances of classes are refused: what they answer by their prototype, such as a `Map`'s
 * entries or a getter's restrictions, would be missing from the copy. Members that are undefined, functions or the like
 * are kept for the schema to refuse; functions by a stand-in, since one can be a proxy too.
 *
 * @param field what the value is called in errors
 * @throws ClavigerError `invalid_input`: a getter or proxy that threw, an instance of a class, a symbol or `__proto__` as
 *   a name, more than 16 levels or 5,000 members
 */
export function snapshot(field: string, value: unknown): unknown {
  // Paths are put into words only for an error: done for every member, long names would take minutes.
  const named = (path: Path): string => memberPath(field, path);
  let members = 0;
  const copy = (path: Path, given: unknown): unknown => {
    if (typeof given === "function") return someFunction;
    if (typeof given !== "object" || given === null) return given;
    if (path.length > MAX_DEPTH)
      throw invalidInput(named(path.slice(0, 1)), `nested at most ${MAX_DEPTH} levels deep`, given);
    return guarded(path, named, () => {
      if (path.length > 0 && given instanceof Date) return new Date(given.getTime());
      if (!isPlain(given)) throw invalidInput(named(path), "a plain value, no instance of a class", given);
      const target: Record<string, unknown> | unknown[] = Array.isArray(given) ? [] : {};
      for (const name of memberNames(() => named(path), given)) {
        members += 1;
        if (members > MAX_MEMBERS)
          throw invalidInput(named(path.slice(0, 1)), `an input of at most ${MAX_MEMBERS} members in all`, given);
        const inside = [...path, name];
        const member = guarded(inside, named, () => Reflect.get(given, name));
        Reflect.set(target, name, copy(inside, member));
      }
      return target;
    });
  };
  return copy([], value);
}

function someFunction(): void {}

function memberNames(field: () => string, value: object): readonly (string | number)[] {
  if (Array.isArray(value)) {
    if (value.length > MAX_MEMBERS) throw invalidInput(field(), `an array of at most ${MAX_MEMBERS}`, value);
    return Array.from(value, (_, index) => index);
  }
  return Reflect.ownKeys(value).map((name) => {
    if (typeof name === "symbol") throw invalidInput(field(), "an object whose fields are named by strings", name);
    if (name === "__proto__") throw invalidInput(field(), "an object without a field named __proto__", value);
    return name;
  });
}

function guarded<T>(path: Path, named: (path: Path) => string, read: () => T): T {
  try {
    return read();
  } catch (cause) {
    if (cause instanceof ClavigerError) throw cause;
    const field = named(path);
    throw new ClavigerError("invalid_input", `${field} could not be read: looking at it threw`, { field, cause });
  }
}
