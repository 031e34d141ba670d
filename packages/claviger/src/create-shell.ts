import {
  anyScopes,
  createPepperRing,
  describeValue,
  prefixOption,
  type RandomSource,
  type ScopeCatalogue,
  type Store,
  settingsOption,
} from "@claviger/core";
import { createBackground } from "./background.js";
import { guardStore } from "./guarded-store.js";
import { type KeyringOptions, OPTION_NAMES } from "./options.js";
import type { Shell } from "./shell.js";

const STORE_METHODS = [
  "find",
  "insert",
  "replace",
  "list",
  "consume",
  "append",
  "close",
] as const satisfies readonly (keyof Store)[];

/**
 * Checks the options and fills in the defaults.
 *
 * @throws TypeError naming the option, what was given and what is allowed
 */
export function createShell(options: KeyringOptions): Shell {
  if (typeof options !== "object" || options === null)
    throw new TypeError(`createKeyring takes its options as an object; got ${describeValue(options)}`);
  const unknown = Reflect.ownKeys(options).find((name) => !OPTION_NAMES.some((known) => known === name));
  if (unknown !== undefined)
    throw new TypeError(`createKeyring has no option ${describeValue(unknown)}; allowed: ${OPTION_NAMES.join(", ")}`);
  const catalogue = catalogueOption(options.scopes);
  const prefix = prefixOption("prefix", options.prefix);
  const background = createBackground();
  return {
    store: guardStore(storeOption(options.store), background.settled),
    prefix,
    prefixes: new Set([prefix, ...acceptedPrefixes(options.acceptedPrefixes)]),
    peppers: createPepperRing(options.peppers),
    catalogue,
    settings: settingsOption("settings", options.settings, catalogue),
    clock: wholeClock(functionOption("clock", options.clock) ?? Date.now),
    random: functionOption("random", options.random) ?? platformRandom,
    background,
    observed: new Set(),
  };
}

function storeOption(store: Store): Store {
  const missing =
    typeof store !== "object" || store === null
      ? STORE_METHODS
      : STORE_METHODS.filter((name) => typeof store[name] !== "function");
  if (missing.length === 0) return store;
  throw new TypeError(
    `store must be a Store, such as memoryStore(); got ${describeValue(store)} without ${missing.join(", ")}`,
  );
}

function acceptedPrefixes(prefixes: readonly string[] | undefined): readonly string[] {
  if (prefixes === undefined) return [];
  if (!Array.isArray(prefixes))
    throw new TypeError(`acceptedPrefixes must be an array of prefixes; got ${describeValue(prefixes)}`);
  return prefixes.map((prefix, index) => prefixOption(`acceptedPrefixes[${index}]`, prefix));
}

function catalogueOption(scopes: ScopeCatalogue<string> | undefined): ScopeCatalogue<string> {
  if (scopes === undefined) return anyScopes;
  if (typeof scopes === "object" && scopes !== null && typeof scopes.covers === "function") return scopes;
  throw new TypeError(`scopes must be what defineScopes returned; got ${describeValue(scopes)}`);
}

function functionOption<F extends (...given: never[]) => unknown>(option: string, value: F | undefined): F | undefined {
  if (value === undefined || typeof value === "function") return value;
  throw new TypeError(`${option} must be a function; got ${describeValue(value)}`);
}

// A clock that gives no time would let nothing expire, so it stops everything instead.
function wholeClock(clock: () => number): () => number {
  return () => {
    const nowMs = Math.floor(clock());
    if (Number.isSafeInteger(nowMs) && nowMs >= 0) return nowMs;
    throw new RangeError(`clock must return epoch milliseconds; got ${describeValue(nowMs)}`);
  };
}

const platformRandom: RandomSource = (bytes) => globalThis.crypto.getRandomValues(new Uint8Array(bytes));
