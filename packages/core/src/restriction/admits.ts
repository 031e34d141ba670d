/** A rule's lists: of what is in them, or of what was made of that. */
interface Lists<Entry> {
  readonly allow?: readonly Entry[];
  readonly deny?: readonly Entry[];
}

/**
 * Whether a rule admits something. Deny wins; an empty `allow` admits nothing, and neither does a rule without lists.
 *
 * @param isIn whether an entry of the rule speaks of it; undefined where the entry cannot be read, which then never
 *   allows and always denies
 */
export function admits<Entry>({ allow, deny }: Lists<Entry>, isIn: (entry: Entry) => boolean | undefined): boolean {
  if (deny?.some((entry) => isIn(entry) !== false)) return false;
  return allow === undefined ? deny !== undefined : allow.some((entry) => isIn(entry) === true);
}
