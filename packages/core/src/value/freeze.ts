/** Freezes a tree of plain objects and arrays. Stops at what is frozen already, so sharing a frozen tree costs nothing. */
export function deepFreeze<T>(value: T): T {
  if (typeof value !== "object" || value === null || Object.isFrozen(value)) return value;
  Object.freeze(value);
  if (Array.isArray(value)) for (let index = 0; index < value.length; index += 1) deepFreeze(value[index]);
  // No list of the values: every key that is shown passes here.
  else for (const name in value) if (Object.hasOwn(value, name)) deepFreeze(value[name]);
  return value;
}
