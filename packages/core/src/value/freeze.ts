/** Freezes a tree of plain objects and arrays. Stops at what is frozen already, so sharing a frozen tree costs nothing. */
export function deepFreeze<T>(value: T): T {
  if (typeof value === "object" && value !== null && !Object.isFrozen(value)) {
    Object.freeze(value);
    for (const member of Object.values(value)) deepFreeze(member);
  }
  return value;
}
