import type { AuditEvent } from "@claviger/core";
import type { EventHub, HeardType } from "../events/event-hub.js";
import type { PlainStore } from "./plain-store.js";

/** A store that tells of every event once it is committed. */
export function announcingStore(store: PlainStore, hub: EventHub): PlainStore {
  async function announced<Result extends { readonly outcome: string }>(
    written: Promise<Result>,
    event: AuditEvent<HeardType>,
  ): Promise<Result> {
    const result = await written;
    if (WRITTEN.has(result.outcome)) hub.emit(event);
    return result;
  }

  return {
    ...store,
    insert: (key, cap, event) => announced(store.insert(key, cap, event), event),
    replace: (next, expectedVersion, event) => announced(store.replace(next, expectedVersion, event), event),
    async append(events) {
      await store.append(events);
      for (const event of events) hub.emit(event);
    },
    settings: {
      ...store.settings,
      replace: (next, expectedVersion, event) => announced(store.settings.replace(next, expectedVersion, event), event),
    },
    owners: {
      ...store.owners,
      suspend: (event) => announced(store.owners.suspend(event), event),
      resume: (event) => announced(store.owners.resume(event), event),
    },
  };
}

const WRITTEN: ReadonlySet<string> = new Set(["inserted", "replaced", "changed"]);
