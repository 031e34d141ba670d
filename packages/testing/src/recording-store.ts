import type { ChangeEvent, NoteEvent, Store } from "@claviger/core";

export interface RecordingStore {
  /** The store as it is, but for the recording. */
  readonly store: Store;
  /** The events of writes that the store said it made, in that order. */
  readonly events: readonly (ChangeEvent | NoteEvent)[];
}

/** Keeps the events that a store has committed, whether or not it can be asked for them. */
export function recordingStore(inner: Store): RecordingStore {
  const events: (ChangeEvent | NoteEvent)[] = [];
  return {
    store: {
      ...inner,
      async insert(key, cap, event) {
        const result = await inner.insert(key, cap, event);
        if (result.outcome === "inserted") events.push(event);
        return result;
      },
      async replace(next, expectedVersion, event) {
        const result = await inner.replace(next, expectedVersion, event);
        if (result.outcome === "replaced") events.push(event);
        return result;
      },
      async append(appended) {
        await inner.append(appended);
        events.push(...appended);
      },
    },
    events,
  };
}
