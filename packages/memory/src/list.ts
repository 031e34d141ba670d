import { type ListPage, type ListPosition, type ListQuery, statusAt, type UsedKeyRecord } from "@claviger/core";
import type { KeyOrder } from "./key-order.js";
import type { MemoryData, MemoryKey } from "./memory-data.js";

export function list(data: MemoryData, query: ListQuery): ListPage<UsedKeyRecord> {
  const items: UsedKeyRecord[] = [];
  const order = data.order.get(query.tenant);
  if (order === undefined) return { items };
  for (const position of walk(order, query)) {
    const entry = data.keys.get(position.id);
    if (entry === undefined || entry.stored.state === "destroyed" || !matches(entry, entry.stored, query)) continue;
    const last = items.at(-1);
    if (last !== undefined && items.length === query.limit) {
      return { items, next: { createdAt: last.createdAt, id: last.id } };
    }
    items.push(entry.stored);
  }
  return { items };
}

function* walk(order: KeyOrder, { order: direction, after }: ListQuery): Generator<ListPosition> {
  const step = direction === "oldest" ? 1 : -1;
  for (let index = firstIndex(order, step, after); ; index += step) {
    const position = order.at(index);
    if (position === undefined) return;
    yield position;
  }
}

function firstIndex(order: KeyOrder, step: 1 | -1, after: ListPosition | undefined): number {
  if (step === 1) return after === undefined ? 0 : order.countThrough(after);
  return (after === undefined ? order.size : order.countBefore(after)) - 1;
}

function matches(entry: MemoryKey, key: UsedKeyRecord, { owner, status, grants, search, nowMs }: ListQuery): boolean {
  if (owner !== undefined && key.owner !== owner) return false;
  if (status !== undefined && statusAt(key, nowMs) !== status) return false;
  if (grants !== undefined && !key.scopes.some((scope) => grants.includes(scope))) return false;
  return search === undefined || entry.search.includes(search);
}
