import { ANY_REST, ANY_SEGMENT } from "./grammar.js";

/**
 * The grants without repetitions, and without those that another of them takes in. Walks only where some grant begins
 * alike, so that ten thousand grants of eight segments are no matter.
 */
export function widest(grants: Iterable<string>): readonly string[] {
  const all = new Set(grants);
  const beginnings = new Set([...all].flatMap(beginningsOf));

  const isWithinAnother = (grant: string, beginning: string, [segment = "", ...rest]: readonly string[]): boolean => {
    const isAnother = (text: string) => text !== grant && all.has(text);
    if (isAnother(`${beginning}${ANY_REST}`)) return true;
    if (segment === ANY_REST) return false;
    const wider = segment === ANY_SEGMENT ? [ANY_SEGMENT] : [segment, ANY_SEGMENT];
    return wider.some((next) => {
      if (rest.length === 0) return isAnother(`${beginning}${next}`);
      const further = `${beginning}${next}:`;
      return beginnings.has(further) && isWithinAnother(grant, further, rest);
    });
  };

  return [...all].filter((grant) => !isWithinAnother(grant, "", grant.split(":")));
}

/** For `a:b:c` these are `a:` and `a:b:`. */
function beginningsOf(grant: string): readonly string[] {
  const segments = grant.split(":");
  return segments.slice(1).map((_, index) => `${segments.slice(0, index + 1).join(":")}:`);
}
