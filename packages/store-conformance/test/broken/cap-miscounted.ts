import { type KeyStatus, type StoredKey, statusAt } from "@claviger/core";
import { type BrokenStore, memoryBut } from "./broken-store.js";

/** A store that counts its own way who is live. */
function counts(
  fault: string,
  isLive: (status: KeyStatus, key: StoredKey, nowMs: number) => boolean,
  caughtBy: readonly string[],
): BrokenStore {
  const create = memoryBut((inner) => {
    const owned = new Map<string, string[]>();
    return {
      insert: async (key, cap, event) => {
        const owner = JSON.stringify([key.tenant, key.owner]);
        const others = await inner.find(owned.get(owner) ?? []);
        const live = others.filter((other) => {
          if (other === undefined) return false;
          const status = other.state === "destroyed" ? "destroyed" : statusAt(other, cap.nowMs);
          return isLive(status, other, cap.nowMs);
        });
        if (live.length >= cap.maxLive) return { outcome: "limit_reached" };
        const result = await inner.insert(key, { ...cap, maxLive: Number.MAX_SAFE_INTEGER }, event);
        if (result.outcome === "inserted") owned.set(owner, [...(owned.get(owner) ?? []), key.id]);
        return result;
      },
    };
  });
  return { fault, create, caughtBy };
}

const LIVE: readonly KeyStatus[] = ["active", "pending", "disabled"];

function countsToo(status: KeyStatus, caughtBy: readonly string[]): BrokenStore {
  return counts(`counts ${status} keys against the cap`, (of) => of === status || LIVE.includes(of), caughtBy);
}

function forgetsToCount(status: KeyStatus, caughtBy: readonly string[]): BrokenStore {
  return counts(`does not count ${status} keys against the cap`, (of) => of !== status && LIVE.includes(of), caughtBy);
}

const lapsesEarly = (status: KeyStatus, key: StoredKey, nowMs: number): boolean =>
  LIVE.includes(status) && !("expiresAt" in key && key.expiresAt === nowMs + 1);

export const capMiscounted: readonly BrokenStore[] = [
  countsToo("revoked", ["a revoked key counts no longer, and only its own place is free"]),
  countsToo("compromised", ["a compromised key counts no longer, and only its own place is free"]),
  countsToo("destroyed", ["a deleted key counts no longer, and only its own place is free"]),
  countsToo("expired", [
    "a key that expires at this millisecond counts no longer, and only its own place is free",
    "a disabled key past its end counts no longer, and only its own place is free",
  ]),
  forgetsToCount("disabled", ["a disabled key counts against the cap"]),
  forgetsToCount("pending", ["a pending key counts against the cap"]),
  counts("takes a key for expired a millisecond early", lapsesEarly, [
    "a key that expires a millisecond later counts against the cap",
  ]),
];
