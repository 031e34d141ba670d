/** Whether an object is an array or one without a class. By the depth of its chain, so that another realm's objects are plain too. */
export function isPlain(value: object): boolean {
  if (Array.isArray(value)) return true;
  const prototype = Object.getPrototypeOf(value);
  return prototype === null || Object.getPrototypeOf(prototype) === null;
}
