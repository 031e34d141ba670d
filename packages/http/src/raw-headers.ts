/** A request's header lines as they came, names and values in turn: Node's `rawHeaders`. */
export type RawHeaders = readonly string[];

const NONE: readonly string[] = Object.freeze([]);

/**
 * The values of every line of that name, in order. Frameworks keep the first of two `Authorization` lines or join
 * them; only the raw list shows that there were two.
 *
 * @param name in lower case
 */
export function headerValues(rawHeaders: RawHeaders, name: string): readonly string[] {
  let values: string[] | undefined;
  for (let index = 1; index < rawHeaders.length; index += 2) {
    const value = rawHeaders[index];
    if (value === undefined || !isNamed(rawHeaders[index - 1], name)) continue;
    if (values === undefined) values = [value];
    else values.push(value);
  }
  return values ?? NONE;
}

// Lengths first: they differ nearly always, and no copy in lower case is made then.
function isNamed(given: string | undefined, name: string): boolean {
  return given?.length === name.length && given.toLowerCase() === name;
}
