import { describeKind, describeValue } from "@claviger/core";

/**
 * Options as they were given, once it is sure that all of them are known.
 *
 * @throws TypeError naming the option that is not
 */
export function knownOptions<Options extends object>(
  of: string,
  known: readonly (keyof Options)[],
  options: Options,
): Options {
  if (typeof options !== "object" || options === null) {
    throw new TypeError(
      `the options of ${of} must be an object with ${known.join(", ")}; got ${describeKind(options)}`,
    );
  }
  const names: readonly PropertyKey[] = known;
  const unknown = Object.keys(options).find((name) => !names.includes(name));
  if (unknown !== undefined) {
    throw new TypeError(`${of} has no option ${describeValue(unknown)}; allowed: ${known.join(", ")}`);
  }
  return options;
}
