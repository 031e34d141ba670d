/**
 * Throws on what was thrown, as an error where it was none. To Express a failure that is nothing means that all is well and
 * `"route"` that the rest of the route is to be left out, behind which a handler may stand; to Koa it is no failure either.
 *
 * @throws whatever was given, or an Error whose cause it is
 */
export function rethrow(thrown: unknown): never {
  if (typeof thrown === "object" && thrown !== null) throw thrown;
  const kind = thrown === null ? "null" : typeof thrown;
  throw new Error(`a hook, or the keyring, must throw an Error or nothing; it threw ${kind}, which is the cause`, {
    cause: thrown,
  });
}
