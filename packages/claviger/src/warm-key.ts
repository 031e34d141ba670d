import { type ReadyKey, readyKey, type StoredKey } from "@claviger/core";
import type { KnownGates } from "./gates/gate-keeper.js";

/** A key as verify works with it, and by reference what it would otherwise look up by name each time. */
export interface WarmKey extends ReadyKey {
  gates: KnownGates | undefined;
}

/** @returns undefined for what is no key, or a deleted one */
export function warmKey(stored: StoredKey | undefined): WarmKey | undefined {
  if (stored === undefined || stored.state === "destroyed") return undefined;
  return { ...readyKey(stored), gates: undefined };
}
