import * as z from "zod/mini";

/**
 * Schema of up to `max` texts. What is given twice is kept once, in the order of the first; an empty list stays one.
 *
 * @param what the members in the plural, for errors
 */
export function distinctList(
  member: z.ZodMiniType<string>,
  max: number,
  what: string,
): z.ZodMiniType<readonly string[]> {
  const allowed = `an array of at most ${max} ${what}`;
  // Not `z.maxLength`, which asks even what is no array for its length, and a proxy of a function may throw at that.
  const bounded = z.array(member, allowed).check(z.refine((given) => given.length <= max, allowed));
  return z.pipe(
    bounded,
    z.transform((given) => [...new Set(given)]),
  );
}
