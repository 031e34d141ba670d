import { memoryStore } from "@claviger/memory";
import { type FakeClock, fakeClock, seededRandom } from "@claviger/testing";
import { type CreateInput, createKeyring, defineScopes, type Keyring, type ScopeCatalogue, type Store } from "claviger";

const catalogue: ScopeCatalogue = defineScopes(
  { invoices: ["read", "write"], payments: ["read", "send"] },
  { implies: { "invoices:write": ["invoices:read"] } },
);

interface Faults {
  find?: Error;
  consume?: Error;
  /** All that `verify` asks of a store. */
  down?: Error;
  corrupt?: true;
}

/** A keyring on a store of its own. Two worlds are equal: the same acts make the same keys, ids and tokens. */
export interface World {
  readonly keyring: Keyring;
  readonly clock: FakeClock;
  /** The same keys, kept in memory for 5 s. */
  readonly caching: Keyring;
  /** Everything the keyrings do goes through it; a test may put faults in its place. */
  readonly faults: Faults;
  /** Keyrings beside the first: on the same store under another prefix, and on a store of its own. */
  readonly otherPrefix: Keyring;
  readonly stranger: Keyring;
  issue(input?: Partial<CreateInput>): Promise<string>;
  /** From now on every digest that the store gives is one that no token has. */
  corrupt(): void;
}

export function createWorld(): World {
  const clock = fakeClock();
  const random = seededRandom(1);
  const faults: Faults = {};
  const store = withFaults(memoryStore(), faults);
  const shared = { prefix: "acme_live", scopes: catalogue, clock: clock.now, random };
  const keyring = createKeyring({ ...shared, store });
  return {
    keyring,
    caching: createKeyring({ ...shared, store, cache: { maxStaleMs: 5_000, maxEntries: 100 } }),
    clock,
    faults,
    otherPrefix: createKeyring({ ...shared, store, prefix: "other" }),
    stranger: createKeyring({ ...shared, store: memoryStore() }),
    issue: async (input) => (await keyring.create({ owner: "user_1", name: "test", ...input })).token,
    corrupt: () => {
      faults.corrupt = true;
    },
  };
}

function withFaults(store: Store, faults: Faults): Store {
  return {
    ...store,
    find: async (...args) => {
      throwAny(faults.find, faults.down);
      const keys = await store.find(...args);
      return faults.corrupt === true ? keys.map(withoutDigest) : keys;
    },
    consume: async (requests, nowMs) => {
      throwAny(faults.consume, faults.down);
      return store.consume(requests, nowMs);
    },
    settings: {
      ...store.settings,
      get: async (tenants) => {
        throwAny(faults.down);
        return store.settings.get(tenants);
      },
    },
    owners: {
      ...store.owners,
      read: async (owners) => {
        throwAny(faults.down);
        return store.owners.read(owners);
      },
    },
  };
}

function throwAny(...faults: readonly (Error | undefined)[]): void {
  for (const fault of faults) if (fault !== undefined) throw fault;
}

type Found = Awaited<ReturnType<Store["find"]>>[number];

function withoutDigest(key: Found): Found {
  return key !== undefined && "digest" in key ? { ...key, digest: { ...key.digest, hex: "zz" } } : key;
}
