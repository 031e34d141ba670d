import type { PartialFault } from "@claviger/core";

/**
 * Whether a store has answered some of what it was asked, although it failed. Known by its answers: a store may bring a
 * copy of core of its own, whose class is another.
 *
 * @param asked how many requests there were
 */
export function isPartialFault<Answer>(error: unknown, asked: number): error is PartialFault<Answer> {
  if (!(error instanceof Error)) return false;
  const answers: unknown = Reflect.get(error, "answers");
  return Array.isArray(answers) && answers.length === asked;
}
