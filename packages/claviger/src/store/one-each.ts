import { describeValue } from "@claviger/core";

/**
 * The answers as they came.
 *
 * @throws TypeError no list of as many as were asked for: nobody can tell whose they are
 */
export function oneEach<Answer>(what: string, answers: readonly Answer[], asked: number): readonly Answer[] {
  const given: unknown = answers;
  if (Array.isArray(given) && given.length === asked) return answers;
  const told = Array.isArray(given) ? given.length : describeValue(given);
  throw new TypeError(`the store was asked for ${asked} ${what}, and gave ${told}`);
}
