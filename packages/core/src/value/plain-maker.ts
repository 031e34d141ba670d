type Writable<T> = { -readonly [Name in keyof T]: T[Name] };

/**
 * A constructor of plain objects, whose prototype is a literal's, for what is made by the thousand a second. Of literals that
 * outlive a collection or two V8 comes to make old objects, which stay until the next full collection, and all that they
 * hold with them; of what a constructor makes it does not.
 *
 * @param fill sets every member, always in the same order; a `function`, for it is what constructs
 */
export function plainMaker<Given extends readonly unknown[], Made>(
  fill: (this: Writable<Made>, ...given: Given) => void,
): new (
  ...given: Given
) => Made {
  fill.prototype = Object.prototype;
  // TypeScript knows no constructors but classes, whose prototype is their own for ever.
  return fill as unknown as new (
    ...given: Given
  ) => Made;
}
