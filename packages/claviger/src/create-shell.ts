import {
  anyScopes,
  createPepperRing,
  describeKind,
  type OwnerStore,
  prefixOption,
  type RandomSource,
  type ScopeCatalogue,
  type SettingsStore,
  type Store,
  settingsOption,
  type UsageSettings,
  usageOption,
} from "@claviger/core";
import { createBackground } from "./background.js";
import { batchedStore } from "./batches/batched-store.js";
import { cacheOption } from "./cache/cache-option.js";
import { cachedStore, type SecondLook } from "./cache/cached-store.js";
import { createStopwatch } from "./elapsed.js";
import { createEventHub } from "./events/create-event-hub.js";
import { createGateKeeper } from "./gates/create-gate-keeper.js";
import { gateStaleOption } from "./gates/gate-stale-option.js";
import { requireSharedMeters } from "./limits/require-shared-meters.js";
import type { KeyringOptions } from "./options.js";
import { looking, optionReader } from "./read-options.js";
import { createSeenNames } from "./seen-names.js";
import type { Shell } from "./shell.js";
import { announcingStore } from "./store/announcing-store.js";
import { checkedStore } from "./store/checked-store.js";
import { guardStore, translated } from "./store/guarded-store.js";
import { plainStore } from "./store/plain-store.js";
import { reportWatch } from "./store/report-watch.js";
import { watchedStore } from "./store/watched-store.js";
import { createUsageTracker } from "./usage/create-usage-tracker.js";
import { noUsageTracker, type UsageTracker } from "./usage/usage-tracker.js";
import { createFoundKeys, createWarmKeys } from "./warm-keys.js";
import { wholeMs } from "./whole-ms.js";

const STORE_METHODS = [
  "find",
  "insert",
  "replace",
  "list",
  "consume",
  "refund",
  "recordUsage",
  "usage",
  "append",
  "events",
  "feed",
  "eraseEvents",
  "purgeEvents",
  "chains",
  "settings.get",
  "settings.replace",
  "owners.read",
  "owners.suspend",
  "owners.resume",
  "close",
] as const satisfies readonly (keyof Store | `settings.${keyof SettingsStore}` | `owners.${keyof OwnerStore}`)[];

/** How many observations and rehashes a process remembers. */
const MAX_OBSERVED = 1_000;
const MAX_REHASHED = 100_000;

/**
 * Checks the options and fills in the defaults.
 *
 * @throws TypeError naming the option, what was given and what is allowed
 */
export function createShell(options: KeyringOptions): Shell {
  const option = optionReader(options);
  const catalogue = catalogueOption(option("scopes"));
  const prefix = prefixOption("prefix", option("prefix"));
  const background = createBackground();
  const hub = createEventHub();
  const given = functionOption("clock", option("clock")) ?? Date.now;
  const clock = (): number => wholeMs(given());
  const stopwatch = createStopwatch(option("clock"));
  const watched = watchedStore(checkedStore(batchedStore(storeOption(option("store")))));
  const cache = cacheOption(option("cache"));
  const cached = cache && cachedStore(watched.store, cache, stopwatch);
  const usage = usageTracker(usageOption("usage", option("usage")), watched.store, (verifies, at) =>
    hub.emit({ type: "usage_dropped", at, verifies }),
  );
  const store = guardStore(announcingStore(cached?.store ?? watched.store, hub), () => {
    // A key in memory asks no store, which would refuse.
    cached?.end();
    return usage.close().finally(background.settled);
  });
  const gateStaleMs = gateStaleOption(option("gateStaleMs"));
  const settings = settingsOption("settings", option("settings"), catalogue);
  requireSharedMeters(store, settings);
  const gates = createGateKeeper({ store, settings, stopwatch, gateStaleMs });
  const shell: Shell = {
    store,
    secondLook: cached && guardedLook(cached.secondLook),
    warmKeys:
      cached?.warmKeys ?? (store.consumeIfUnchanged === undefined ? createWarmKeys() : createFoundKeys(stopwatch)),
    stopwatch,
    flush: () => usage.flush().finally(background.settled),
    prefix,
    prefixes: [prefix, ...acceptedPrefixes(option("acceptedPrefixes"))],
    peppers: createPepperRing(option("peppers")),
    catalogue,
    settings,
    clock,
    random: functionOption("random", option("random")) ?? platformRandom,
    background,
    gates,
    usage,
    hub,
    observed: createSeenNames(MAX_OBSERVED, "refuse"),
    rehashed: createSeenNames(MAX_REHASHED, "startOver"),
  };
  // Last: of options that were refused no watch is left behind.
  const report = reportWatch(hub, clock);
  if (cached !== undefined || gateStaleMs > 0)
    watched.listen((signal) => {
      cached?.hear(signal);
      gates.hear(signal);
      report(signal);
    });
  return shell;
}

function guardedLook({ sent, findAfter }: SecondLook): SecondLook {
  return { sent, findAfter: (...given) => translated(() => findAfter(...given)) };
}

// Past the guard, which refuses from the moment that the keyring is closed: what is gathered then is still to be written.
function usageTracker(
  settings: UsageSettings | undefined,
  { recordUsage }: Store,
  onDropped: (verifies: number, at: number) => void,
): UsageTracker {
  if (settings === undefined) return noUsageTracker;
  return createUsageTracker(settings, (batch) => translated(() => recordUsage(batch)), onDropped);
}

function storeOption(store: Store): Store {
  const missing = STORE_METHODS.filter((path) => !hasMethod("store", store, path));
  if (missing.length === 0) return looking("store", () => plainStore(store));
  throw new TypeError(
    `store must be a Store, such as memoryStore(); got ${describeKind(store)} without ${missing.join(", ")}`,
  );
}

function acceptedPrefixes(prefixes: readonly string[] | undefined): readonly string[] {
  if (prefixes === undefined) return [];
  const given = looking("acceptedPrefixes", () => (Array.isArray(prefixes) ? [...prefixes] : undefined));
  if (given === undefined)
    throw new TypeError(`acceptedPrefixes must be an array of prefixes; got ${describeKind(prefixes)}`);
  return given.map((prefix, index) => prefixOption(`acceptedPrefixes[${index}]`, prefix));
}

function catalogueOption(scopes: ScopeCatalogue<string> | undefined): ScopeCatalogue<string> {
  if (scopes === undefined) return anyScopes;
  if (hasMethod("scopes", scopes, "covers")) return scopes;
  throw new TypeError(`scopes must be what defineScopes returned; got ${describeKind(scopes)}`);
}

/** @param path names joined by dots, the last one the method's */
function hasMethod(option: string, value: unknown, path: string): boolean {
  const member = (whole: unknown, name: string): unknown =>
    typeof whole === "object" && whole !== null ? Reflect.get(whole, name) : undefined;
  return looking(option, () => typeof path.split(".").reduce(member, value) === "function");
}

function functionOption<F extends (...given: never[]) => unknown>(option: string, value: F | undefined): F | undefined {
  if (value === undefined || typeof value === "function") return value;
  throw new TypeError(`${option} must be a function; got ${describeKind(value)}`);
}

const platformRandom: RandomSource = (bytes) => globalThis.crypto.getRandomValues(new Uint8Array(bytes));
