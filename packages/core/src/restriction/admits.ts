import type { AllowDeny } from "./restrictions.js";

/**
 * Whether a rule admits something. Deny wins; an empty `allow` admits nothing, and neither does a rule without lists.
 *
 * @param isIn whether an entry of the rule speaks of it; undefined where the entry cannot be read, which then never
 *   allows and always denies
 */
export function admits({ allow, deny }: AllowDeny, isIn: (entry: string) => boolean | undefined): boolean {
  if (deny?.some((entry) => isIn(entry) !== false)) return false;
  return allow === undefined ? deny !== undefined : allow.some((entry) => isIn(entry) === true);
}
