import type { Pepper, Store } from "@claviger/core";
import {
  type CountingStore,
  countingStore,
  type FakeClock,
  fakeClock,
  type RecordingStore,
  recordingStore,
  seededRandom,
} from "@claviger/testing";
import { createKeyring } from "../../src/create-keyring.js";
import type { Keyring } from "../../src/keyring.js";
import type { KeyringOptions } from "../../src/options.js";

/** A keyring of its own on a clock of its own, with what a test wants to know about it. */
export interface World {
  readonly keyring: Keyring;
  readonly clock: FakeClock;
  /** As the keyring sees it: counted and recorded. */
  readonly store: Store;
  readonly counts: CountingStore;
  readonly events: RecordingStore["events"];
}

export const PEPPER: Pepper = { id: "2026", secret: new TextEncoder().encode("pepper of the year 2026 ".repeat(2)) };

let opened = 0;

/**
 * Worlds may share a store: no two of them draw the same ids. Usage is off unless the options say otherwise, so that the
 * store's calls are those of the verbs.
 */
export function openWorld(inner: Store, options: Partial<KeyringOptions> = {}): World {
  opened += 1;
  const clock = fakeClock();
  const { store: recorded, events } = recordingStore(inner);
  const counts = countingStore(recorded);
  const { store } = counts;
  const random = seededRandom(opened * 7919);
  const keyring = createKeyring({
    store,
    prefix: "acme_live",
    peppers: [PEPPER],
    clock: clock.now,
    random,
    usage: false,
    ...options,
  });
  return { keyring, clock, store, counts, events };
}
