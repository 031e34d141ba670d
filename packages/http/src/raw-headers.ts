/** A request's header lines as they came, names and values in turn: Node's `rawHeaders`. */
export type RawHeaders = readonly string[];

/**
 * The values of every line of that name, in order. Frameworks keep the first of two `Authorization` lines or join
 * them; only the raw list shows that there were two.
 *
 * @param name in lower case
 */
export function headerValues(rawHeaders: RawHeaders, name: string): readonly string[] {
  return rawHeaders.filter((_, index) => index % 2 === 1 && isNamed(rawHeaders[index - 1], name));
}

function isNamed(given: string | undefined, name: string): boolean {
  return given?.length === name.length && given.toLowerCase() === name;
}
