/** Freezes a tree of plain objects and arrays. Stops at what is frozen already, so sharing a frozen tree costs nothing. */
export function deepFreeze<T>(value: T): T {
  if (typeof value !== "object" || value === null || Object.isFrozen(value)) return value;
  Object.freeze(value);
  if (Array.isArray(value)) for (let index = 0; index < value.length; index += 1) deepFreeze(value[index]);
  else for (const member of Object.values(value)) if (typeof member === "object") deepFreeze(member);
  return value;
}
