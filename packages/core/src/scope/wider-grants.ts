import { ANY_REST, ANY_SEGMENT, isGrant } from "./grammar.js";

/**
 * Every grant that takes in all that this scope or grant takes in, itself included: for `a:b` these are `a:b`, `a:*`,
 * `a:**`, `*:b`, `*:*`, `*:**` and `**`. For n segments at most 2 ** (n + 1) − 1, so never more than 511.
 */
export function widerGrants(grant: string): readonly string[] {
  return isGrant(grant) ? widened(grant.split(":")).filter(isGrant) : [];
}

function widened([head = "", ...tail]: readonly string[]): readonly string[] {
  if (head === ANY_REST) return [ANY_REST];
  const heads = head === ANY_SEGMENT ? [ANY_SEGMENT] : [head, ANY_SEGMENT];
  if (tail.length === 0) return [...heads, ANY_REST];
  const tails = widened(tail);
  return [...heads.flatMap((first) => tails.map((rest) => `${first}:${rest}`)), ANY_REST];
}
