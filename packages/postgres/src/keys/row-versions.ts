import type { UsedKeyRecord } from "@claviger/core";

/**
 * Names one version of a row: whoever writes the row makes another, in another place or, once that is cleared away, by a
 * later transaction. Both as PostgreSQL writes them: its `xmin` and its `ctid`. A server that has lost what was committed, in a
 * crash with `synchronous_commit` off or with a replica that was behind, gives both away once more: then the head tells,
 * which is another with whatever this library writes.
 */
export interface RowVersion {
  readonly writer: string;
  readonly place: string;
  readonly head: string | null;
}

/** From which version of its row each key was read. */
export interface RowVersions {
  note(key: UsedKeyRecord, version: RowVersion): void;
  /** @returns undefined: no key that this store gave, or none that was noted */
  of(key: UsedKeyRecord): RowVersion | undefined;
}

export function createRowVersions(): RowVersions {
  const versions = new WeakMap<UsedKeyRecord, RowVersion>();
  return {
    note: (key, version) => void versions.set(key, version),
    of: (key) => versions.get(key),
  };
}
