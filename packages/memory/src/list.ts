import { type ListPage, type ListQuery, statusAt, type UsedKeyRecord } from "@claviger/core";
import type { MemoryData, MemoryKey } from "./memory-data.js";
import { pageOf } from "./page.js";

export function list(data: MemoryData, query: ListQuery): ListPage<UsedKeyRecord> {
  const keys = data.order.get(query.tenant);
  if (keys === undefined) return { items: [] };
  const after = query.after && { at: query.after.createdAt, id: query.after.id };
  const { items, last } = pageOf(keys, { ...query, after }, (id) => {
    const entry = data.keys.get(id);
    return entry === undefined ? undefined : matching(entry, query);
  });
  return { items, ...(last !== undefined && { next: { createdAt: last.at, id: last.id } }) };
}

function matching({ stored, search }: MemoryKey, query: ListQuery): UsedKeyRecord | undefined {
  if (stored.state === "destroyed") return undefined;
  if (query.owner !== undefined && stored.owner !== query.owner) return undefined;
  if (query.status !== undefined && statusAt(stored, query.nowMs) !== query.status) return undefined;
  if (query.grants !== undefined && !stored.scopes.some((scope) => query.grants?.includes(scope))) return undefined;
  return query.search === undefined || search.includes(query.search) ? stored : undefined;
}
