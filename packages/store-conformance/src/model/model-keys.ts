import {
  type AuditEvent,
  type ChainAnchor,
  type KeyEntry,
  type KeyRecord,
  type StoredKey,
  searchText,
  statusAt,
} from "@claviger/core";
import { inOrder } from "./in-order.js";
import { modelMeters } from "./model-meters.js";
import type { Commit, Kept, KeyRef, ModelStore } from "./model-store.js";
import { modelUsage } from "./model-usage.js";

const LIVE: readonly string[] = ["active", "pending", "disabled"];

/** What is kept of keys; their meters and their use are beside. */
export function modelKeys(
  log: ReadonlyMap<string, AuditEvent>,
  anchorOf: (key: KeyRef) => ChainAnchor | null,
  commit: Commit,
): Pick<ModelStore, "find" | "insert" | "replace" | "list" | "chain" | "consume" | "refund" | "recordUsage" | "usage"> {
  const keys = new Map<string, Kept<KeyEntry>>();
  const { consume, refund, forgetMeters } = modelMeters();
  const { lastUsedAt, forgetUsage, recordUsage, usage } = modelUsage((tenant, id) => entryOf(tenant, id));

  const entryOf = (tenant: string | undefined, id: string): KeyEntry | undefined => {
    const entry = keys.get(id)?.value;
    return tenant === undefined || entry?.tenant === tenant ? entry : undefined;
  };
  const asRead = (entry: KeyEntry): StoredKey => {
    return entry.state === "destroyed" ? entry : { ...entry, lastUsedAt: lastUsedAt(entry) };
  };
  const recordsOf = (tenant: string): readonly KeyRecord[] =>
    [...keys.values()].flatMap(({ value }) => (value.state === "destroyed" || value.tenant !== tenant ? [] : [value]));

  return {
    find: (ids, tenant) =>
      ids.map((id) => {
        const entry = entryOf(tenant, id);
        return entry && asRead(entry);
      }),
    insert(key, { maxLive, nowMs }, event) {
      if (log.get(event.id)?.keyId === key.id) return { outcome: "inserted" };
      if (keys.has(key.id)) return { outcome: "duplicate" };
      const isLive = (held: KeyRecord): boolean => LIVE.includes(statusAt(held, nowMs));
      const live = recordsOf(key.tenant).filter((held) => held.owner === key.owner && isLive(held));
      if (live.length >= maxLive) return { outcome: "limit_reached" };
      commit(event);
      keys.set(key.id, { value: key, eventId: event.id });
      return { outcome: "inserted" };
    },
    replace(next, expectedVersion, event) {
      const current = entryOf(next.tenant, next.id);
      if (current === undefined) return { outcome: "missing" };
      if (keys.get(next.id)?.eventId === event.id) return { outcome: "replaced" };
      if (current.version !== expectedVersion) return { outcome: "conflict", current: asRead(current) };
      commit(event);
      keys.set(next.id, { value: next, eventId: event.id });
      if (next.state === "destroyed") {
        forgetUsage(next);
        forgetMeters(next);
      }
      return { outcome: "replaced" };
    },
    list: ({ tenant, owner, status, grants, search, order, nowMs }) => {
      const matching = recordsOf(tenant)
        .filter((key) => owner === undefined || key.owner === owner)
        .filter((key) => status === undefined || statusAt(key, nowMs) === status)
        .filter((key) => grants === undefined || key.scopes.some((scope) => grants.includes(scope)))
        .filter((key) => search === undefined || searchText(key).includes(search));
      return inOrder(matching, order, ({ createdAt }) => createdAt).map(({ id }) => id);
    },
    chain(key) {
      const entry = entryOf(key.tenant, key.id);
      return entry && { keyId: key.id, version: entry.version, head: entry.head, anchor: anchorOf(key) };
    },
    consume,
    refund,
    recordUsage,
    usage,
  };
}
