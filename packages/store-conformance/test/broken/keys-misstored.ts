import type { StoredKey, UsedKeyRecord } from "@claviger/core";
import { type BrokenStore, memoryBut } from "./broken-store.js";

function finds(fault: string, change: (key: UsedKeyRecord) => UsedKeyRecord, caughtBy: readonly string[]): BrokenStore {
  const changeLive = (key: StoredKey | undefined) =>
    key === undefined || key.state === "destroyed" ? key : change(key);
  const create = memoryBut((inner) => ({
    find: async (ids, tenant) => (await inner.find(ids, tenant)).map(changeLive),
  }));
  return { fault, create, caughtBy };
}

/** As PostgreSQL's jsonb keeps an object. */
function sorted<T>(value: T): T {
  return JSON.parse(JSON.stringify(value), (_, member) =>
    typeof member === "object" && member !== null && !Array.isArray(member)
      ? Object.fromEntries(Object.entries(member).sort(([a], [b]) => a.length - b.length || (a < b ? -1 : 1)))
      : member,
  );
}

const ROUND_TRIP = "a key comes back deep-equal, whatever Unicode and JSON it holds";
const UNICODE =
  "text is kept to the code unit: in names, owners, tenants, metadata and events, and none is taken for another";
const EXACT = "metadata keeps the order of its names, numbers to the last bit, and names that mean something elsewhere";

export const keysMisstored: readonly BrokenStore[] = [
  finds("sorts the names of metadata", (key) => ({ ...key, metadata: sorted(key.metadata) }), [EXACT]),
  finds(
    "keeps numbers of metadata in 32 bits",
    (key) => ({
      ...key,
      metadata: JSON.parse(JSON.stringify(key.metadata), (_, value) =>
        typeof value === "number" ? Math.fround(value) : value,
      ),
    }),
    [EXACT],
  ),
  finds("normalises names", (key) => ({ ...key, name: key.name.normalize("NFKC") }), [UNICODE]),
  finds("trims names", (key) => ({ ...key, name: key.name.trim() }), [UNICODE]),
  finds(
    "cuts metadata at 4,000 characters",
    (key) => {
      const { text } = key.metadata;
      return typeof text === "string" ? { ...key, metadata: { text: text.slice(0, 4_000) } } : key;
    },
    ["a key with every field at its bound is stored, found, listed and changed, with an event that tells of it"],
  ),
  finds("keeps seven limits", (key) => ({ ...key, limits: key.limits.slice(0, 7) }), [
    "a key with every field at its bound is stored, found, listed and changed, with an event that tells of it",
  ]),
  finds("forgets that a rotation is under way", (key) => ({ ...key, rotation: null }), [
    ROUND_TRIP,
    "replace at the expected version puts every field of the next key in place",
  ]),
];
