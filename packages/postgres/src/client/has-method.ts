/** Whether something, a function perhaps, has a method of this name. Looks no further: clients are told apart by their shape. */
export function hasMethod<Name extends string>(
  value: unknown,
  name: Name,
): value is Record<Name, (...args: never) => unknown> {
  const isHolder = (typeof value === "object" && value !== null) || typeof value === "function";
  return isHolder && typeof Reflect.get(value, name) === "function";
}
