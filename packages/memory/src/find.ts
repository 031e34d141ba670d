import type { StoredKey } from "@claviger/core";
import type { MemoryData } from "./memory-data.js";

export function find(data: MemoryData, ids: readonly string[], tenant?: string): readonly (StoredKey | undefined)[] {
  return ids.map((id) => {
    const stored = data.keys.get(id)?.stored;
    return tenant === undefined || stored?.tenant === tenant ? stored : undefined;
  });
}
