import { type AuditEvent, type ChainAnchor, type EventQuery, type EventRef, erasedEvent } from "@claviger/core";
import { inOrder } from "./in-order.js";
import type { Commit, KeyRef, ModelStore } from "./model-store.js";

interface ModelLog extends Pick<ModelStore, "append" | "events" | "eraseEvents" | "purgeEvents"> {
  /** In the order of their commits, by id. */
  readonly log: ReadonlyMap<string, AuditEvent>;
  readonly commit: Commit;
  /** Where the chain of a key begins. */
  readonly anchorOf: (key: KeyRef) => ChainAnchor | null;
}

export function modelLog(): ModelLog {
  const log = new Map<string, AuditEvent>();
  const anchors = new Map<string, ChainAnchor>();
  const commit = (event: AuditEvent): void => {
    if (log.has(event.id)) throw new Error(`the id ${event.id} is another event's`);
    log.set(event.id, event);
  };
  return {
    log,
    commit,
    anchorOf: ({ id }) => anchors.get(id) ?? null,
    append(events) {
      for (const event of events) if (!log.has(event.id)) commit(event);
    },
    events: (query) =>
      inOrder(
        [...log.values()].filter((event) => matches(event, query)),
        query.order,
        ({ at }) => at,
      ),
    eraseEvents(refs, erasedAt) {
      for (const ref of refs) {
        const event = log.get(ref.id);
        if (event !== undefined && isOf(event, ref)) log.set(ref.id, erasedEvent(event, erasedAt));
      }
    },
    purgeEvents(tenant, beforeAt) {
      // Commits of one key are in the order of its versions.
      const stopped = new Set<string>();
      for (const { id, at, tenant: of, keyId = "", version, chain } of [...log.values()]) {
        if (of !== tenant) continue;
        const isChained = chain !== undefined && version !== undefined;
        if (at >= beforeAt && isChained) stopped.add(keyId);
        if (at >= beforeAt || (isChained && stopped.has(keyId))) continue;
        log.delete(id);
        if (isChained) anchors.set(keyId, { version, hash: chain.hash });
      }
    },
  };
}

function matches(event: AuditEvent, { tenant, keyId, actor, types, fromAt, beforeAt }: EventQuery): boolean {
  if (event.tenant !== tenant || (keyId !== undefined && event.keyId !== keyId)) return false;
  if (actor !== undefined && event.actor !== actor) return false;
  if (types !== undefined && !types.includes(event.type)) return false;
  return event.at >= (fromAt ?? 0) && event.at < (beforeAt ?? Number.POSITIVE_INFINITY);
}

function isOf(event: AuditEvent, { tenant, keyId, at }: EventRef): boolean {
  return event.tenant === tenant && event.keyId === keyId && event.at === at;
}
