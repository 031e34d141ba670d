import type { KeyRecord } from "./key-record.js";

// Between the fields, so that a search never matches across two of them.
const SEPARATOR = "\u001f";

/** Text as it is compared without regard to case: by Unicode's locale-independent lower case. */
export function foldText(text: string): string {
  return text.toLowerCase();
}

/** What a list's `search` looks in: name, id and owner, folded. */
export function searchText(key: Pick<KeyRecord, "name" | "id" | "owner">): string {
  return [key.name, key.id, key.owner].map(foldText).join(SEPARATOR);
}

/** Whether a search could match across two fields, which is why it is refused. */
export function hasSeparator(search: string): boolean {
  return search.includes(SEPARATOR);
}
