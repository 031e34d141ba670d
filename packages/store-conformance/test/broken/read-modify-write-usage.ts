import type { StoredKey } from "@claviger/core";
import { type BrokenStore, memoryBut, roundTrip } from "./broken-store.js";

export const readModifyWriteUsage: BrokenStore = {
  fault: "reads a key to set its last use, and writes it back whole",
  create: memoryBut((inner) => {
    const written = new Map<string, StoredKey>();
    const find = async (ids: readonly string[], tenant?: string) =>
      (await inner.find(ids, tenant)).map((key) => key && (written.get(key.id) ?? key));
    return {
      find,
      replace: async (next, expectedVersion, event) => {
        const result = await inner.replace(next, expectedVersion, event);
        if (result.outcome === "replaced") written.delete(next.id);
        return result;
      },
      recordUsage: async (batch) => {
        const read = await find(batch.map(({ keyId }) => keyId));
        await roundTrip();
        await inner.recordUsage(batch);
        for (const key of read) if (key !== undefined) written.set(key.id, key);
      },
    };
  }),
  caughtBy: ["promise 2: usage against revoke: the key is revoked for good, once, and no use goes uncounted"],
};
