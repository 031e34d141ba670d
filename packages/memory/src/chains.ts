import type { ChainPage, ChainQuery, KeyChain } from "@claviger/core";
import { type MemoryData, scopedName } from "./memory-data.js";
import { pageOf } from "./page.js";

export function chains(data: MemoryData, { tenant, keyId, after, limit }: ChainQuery): ChainPage {
  if (keyId !== undefined) {
    const chain = chainOf(data, tenant, keyId);
    return { items: chain === undefined ? [] : [chain] };
  }
  const ids = data.ids.get(tenant);
  if (ids === undefined) return { items: [] };
  const request = { order: "oldest", ...(after !== undefined && { after: { at: 0, id: after } }), limit } as const;
  const { items, last } = pageOf(ids, request, (id) => chainOf(data, tenant, id));
  return { items, ...(last !== undefined && { next: last.id }) };
}

function chainOf(data: MemoryData, tenant: string, keyId: string): KeyChain | undefined {
  const key = data.keys.get(keyId)?.stored;
  if (key?.tenant !== tenant) return undefined;
  return { keyId, version: key.version, head: key.head, anchor: data.anchors.get(scopedName(tenant, keyId)) ?? null };
}
