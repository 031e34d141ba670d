import type { PepperRing, RandomSource, ScopeCatalogue, Settings } from "@claviger/core";
import type { Background } from "./background.js";
import type { SecondLook } from "./cache/cached-store.js";
import type { Stopwatch } from "./elapsed.js";
import type { EventHub } from "./events/event-hub.js";
import type { GateKeeper } from "./gates/gate-keeper.js";
import type { SeenNames } from "./seen-names.js";
import type { PlainStore } from "./store/plain-store.js";
import type { UsageTracker } from "./usage/usage-tracker.js";
import type { WarmKeys } from "./warm-keys.js";

/** What every verb works with: the options, checked, with every default filled in. */
export interface Shell {
  /** Guarded: throws `store_unavailable` and nothing else. */
  readonly store: PlainStore;
  /** There with a cache. */
  readonly secondLook: SecondLook | undefined;
  readonly warmKeys: WarmKeys;
  readonly stopwatch: Stopwatch;
  readonly prefix: string;
  /** Those that verify, the one of new tokens first. */
  readonly prefixes: readonly string[];
  readonly peppers: PepperRing;
  readonly catalogue: ScopeCatalogue<string>;
  readonly settings: Settings;
  /** Whole epoch ms. */
  readonly clock: () => number;
  readonly random: RandomSource;
  readonly background: Background;
  readonly gates: GateKeeper;
  readonly usage: UsageTracker;
  readonly hub: EventHub;
  /** Resolves when what is gathered is written and what is under way has settled. */
  readonly flush: () => Promise<void>;
  /** The observations that this process has recorded. */
  readonly observed: SeenNames;
  /** The keys whose digests this process has made anew. */
  readonly rehashed: SeenNames;
}
