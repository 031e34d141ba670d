import { type ListPage, type ListQuery, type Store, statusAt, type UsedKeyRecord } from "@claviger/core";
import { type BrokenStore, memoryBut } from "./broken-store.js";

function lists(fault: string, list: (inner: Store) => Store["list"], caughtBy: readonly string[]): BrokenStore {
  return { fault, create: memoryBut((inner) => ({ list: list(inner) })), caughtBy };
}

/** A store that does not look at one of the filters. */
function forgets(filter: keyof ListQuery): BrokenStore {
  const forget = ({ [filter]: _, ...rest }: ListQuery) => rest as ListQuery;
  return lists(`lists as if it had not been given ${filter}`, (inner) => (query) => inner.list(forget(query)), [
    "QL-11, QL-36: filters, however combined, leave exactly the keys that match",
    "every filter alone, and every two of them",
  ]);
}

/** All of a tenant's keys that match, oldest first. */
async function allOf(inner: Store, { after: _, ...query }: ListQuery): Promise<readonly UsedKeyRecord[]> {
  return (await inner.list({ ...query, order: "oldest", limit: 1_000 })).items;
}

/** A page by its number, which a cursor cannot be: whoever leaves moves the others up. */
function offsetPages(inner: Store): Store["list"] {
  const offsets = new Map<string, number>();
  return async (query): Promise<ListPage<UsedKeyRecord>> => {
    const all = await allOf(inner, query);
    const sorted = query.order === "oldest" ? all : all.toReversed();
    const start = query.after === undefined ? 0 : (offsets.get(query.after.id) ?? 0);
    const items = sorted.slice(start, start + query.limit);
    const last = items.at(-1);
    if (last === undefined || start + items.length >= sorted.length) return { items };
    offsets.set(last.id, start + items.length);
    return { items, next: { createdAt: last.createdAt, id: last.id } };
  };
}

const ORDER = "list goes by creation, either way, and within one millisecond by the id's ASCII code units";
const PAGES = "pages of any size meet every key once, in order, and end";

export const listWrong: readonly BrokenStore[] = [
  forgets("owner"),
  forgets("status"),
  forgets("grants"),
  forgets("search"),
  lists("lists newest first, however it is asked", (inner) => (query) => inner.list({ ...query, order: "newest" }), [
    ORDER,
    PAGES,
  ]),
  lists(
    "sorts ids as a human language does",
    (inner) => async (query) => {
      const { items } = await inner.list(query);
      const collate = (a: string, b: string) => a.localeCompare(b, "en");
      const sorted = items.toSorted((a, b) => a.createdAt - b.createdAt || collate(a.id, b.id));
      return { items: query.order === "oldest" ? sorted : sorted.reverse() };
    },
    [ORDER],
  ),
  lists(
    "takes owners for the same whose names differ in case, or in their normal form",
    (inner) =>
      async ({ owner, ...query }) => {
        const page = await inner.list(query as ListQuery);
        const fold = (text: string) => text.normalize("NFC").toLowerCase();
        const isListed = (key: UsedKeyRecord) => owner === undefined || fold(key.owner) === fold(owner);
        return { ...page, items: page.items.filter(isListed) };
      },
    ["owners of one tenant whose names look alike have a list and a cap each"],
  ),
  lists("pages by counting", offsetPages, [
    "keys that exist throughout a walk, oldest first, are met exactly once, whatever comes and goes",
    "keys that exist throughout a walk, newest first, are met exactly once, whatever comes and goes",
  ]),
  lists(
    "begins a page with the last key of the one before",
    (inner) => (query) => {
      const { after, ...rest } = query;
      return inner.list(after === undefined ? rest : { ...rest, after: { ...after, id: after.id.slice(0, -1) } });
    },
    [PAGES, "a position is exclusive, and need not be a key's"],
  ),
  lists(
    "pages by the millisecond alone",
    (inner) => (query) => {
      const { after, ...rest } = query;
      const id = query.order === "oldest" ? "\uffff" : "";
      return inner.list(after === undefined ? rest : { ...rest, after: { ...after, id } });
    },
    [PAGES],
  ),
  lists(
    "says that a page is the last although more follow",
    (inner) => async (query) => ({ items: (await inner.list(query)).items }),
    [PAGES],
  ),
  lists(
    "goes by its own clock for the status",
    (inner) => (query) => inner.list({ ...query, nowMs: Date.UTC(2030, 0) }),
    ["QL-11, QL-36: filters, however combined, leave exactly the keys that match"],
  ),
  lists(
    "lists expired keys as what they were before",
    (inner) =>
      async ({ status, ...query }) => {
        const page = await inner.list(query as ListQuery);
        const isListed = (key: UsedKeyRecord) => statusAt({ ...key, expiresAt: null }, query.nowMs) === status;
        return status === undefined ? page : { ...page, items: page.items.filter(isListed) };
      },
    ["QL-11, QL-36: filters, however combined, leave exactly the keys that match"],
  ),
  lists(
    "lists every key with its first secret's version",
    (inner) => async (query) => {
      const page = await inner.list(query);
      return { ...page, items: page.items.map((key) => ({ ...key, secretVersion: 1 })) };
    },
    ["list shows keys whole: with something in every field they are deep-equal to what find gives"],
  ),
  lists(
    "lists keys as if no rotation were under way",
    (inner) => async (query) => {
      const page = await inner.list(query);
      return { ...page, items: page.items.map((key) => ({ ...key, rotation: null })) };
    },
    ["list shows keys whole: with something in every field they are deep-equal to what find gives"],
  ),
  lists(
    "lists keys without their last use",
    (inner) => async (query) => {
      const page = await inner.list(query);
      return { ...page, items: page.items.map((key) => ({ ...key, lastUsedAt: null })) };
    },
    ["no change of a key touches when it was last used, and a conflict tells it"],
  ),
];
