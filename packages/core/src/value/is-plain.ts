/**
 * Whether an object is an array, or one whose fields are all its own. An instance of a class may answer by its prototype
 * what nobody would see who looks at its fields. By the shape of its chain, so that another realm's objects are plain too.
 */
export function isPlain(value: object): boolean {
  if (Array.isArray(value)) return true;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null || isRootPrototype(prototype);
}

// `Object.prototype` of some realm: nothing above it, and itself the origin of what all objects can do.
function isRootPrototype(value: unknown): boolean {
  if (typeof value !== "object" || value === null) return false;
  return Object.getPrototypeOf(value) === null && Object.hasOwn(value, "hasOwnProperty");
}
