import type { ChainAnchor, KeyChain, Store } from "@claviger/core";
import { type BrokenStore, memoryBut } from "./broken-store.js";

function tells(fault: string, change: (chain: KeyChain) => KeyChain, caughtBy: readonly string[]): BrokenStore {
  const create = memoryBut((inner) => ({
    chains: async (query) => {
      const page = await inner.chains(query);
      return { ...page, items: page.items.map(change) };
    },
  }));
  return { fault, create, caughtBy };
}

const ALL = "chains tell of every key of a tenant, deleted ones too, its version and head, in pages of any size";
const ONE =
  "the chain of one key is as the key is now, after each change, and of a key that there is not there is none";
const HEAD =
  "promise 8: the head of a key's chain changes with every change, stays on its tombstone, and is null where nothing was chained";
const PURGED = "a purged key changes on as before, and a deleted one's chain is purged too: the head stays";

export const chainsWrong: readonly BrokenStore[] = [
  {
    fault: "forgets the chains of deleted keys",
    create: memoryBut((inner) => ({
      chains: async (query) => {
        const page = await inner.chains(query);
        const keys = await inner.find(page.items.map(({ keyId }) => keyId));
        return { ...page, items: page.items.filter((_, place) => keys[place]?.state !== "destroyed") };
      },
    })),
    caughtBy: [ALL, ONE, PURGED],
  },
  {
    fault: "knows one page of chains",
    create: memoryBut((inner) => ({ chains: async (query) => ({ items: (await inner.chains(query)).items }) })),
    caughtBy: [ALL],
  },
  {
    fault: "tells of the chain as it was when it was first asked for",
    create: memoryBut((inner) => {
      const first = new Map<string, KeyChain>();
      return {
        chains: async (query) => {
          const page = await inner.chains(query);
          for (const chain of page.items) if (!first.has(chain.keyId)) first.set(chain.keyId, chain);
          return { ...page, items: page.items.map((chain) => first.get(chain.keyId) ?? chain) };
        },
      };
    }),
    caughtBy: [
      ONE,
      "handles agree: the chain of a key, having been read through one, shows at once what another has written since",
    ],
  },
  tells("takes no head for an empty one", (chain) => ({ ...chain, head: chain.head ?? "" }), [ALL]),
  {
    fault: "forgets whose key it is in chains",
    create: memoryBut((inner) => ({
      chains: async (query) => {
        if (query.keyId === undefined) return inner.chains(query);
        const [key] = await inner.find([query.keyId]);
        return inner.chains({ ...query, tenant: key?.tenant ?? query.tenant });
      },
    })),
    caughtBy: ["tenant isolation, chains: a tenant has the chains of its own keys and of no other's"],
  },
  {
    fault: "keeps the anchor that it hands out",
    create: memoryBut((inner) => {
      const anchors = new Map<string, ChainAnchor>();
      return {
        chains: async (query) => {
          const page = await inner.chains(query);
          const items = page.items.map((chain) => {
            if (chain.anchor !== null && !anchors.has(chain.keyId)) anchors.set(chain.keyId, { ...chain.anchor });
            return { ...chain, anchor: anchors.get(chain.keyId) ?? null };
          });
          return { ...page, items };
        },
      };
    }),
    caughtBy: ["copies out: what a caller does to the feed and the chains that he got changes nothing in the store"],
  },
  {
    fault: "leaves the head of a key as it was created",
    create: memoryBut((inner) => ({ replace: keepingHead(inner) })),
    caughtBy: [HEAD, "replace at the expected version puts every field of the next key in place", ONE],
  },
  {
    fault: "drops the place in the chain of an event that another one follows",
    create: memoryBut((inner) => ({
      events: async (query) => {
        const page = await inner.events(query);
        const last = Math.max(...page.items.map(({ version }) => version ?? 0));
        const items = page.items.map(({ chain, ...event }) => {
          return chain === undefined || event.version !== last ? event : { ...event, chain };
        });
        return { ...page, items };
      },
    })),
    caughtBy: [
      "promise 8: the place of every change in its key's chain comes back with its event, also when the next one was written",
      "update against update: writers of one field each, all at once, lose no field and no change",
    ],
  },
  {
    fault: "lets nothing be written to a tombstone",
    create: memoryBut((inner) => ({
      replace: async (next, expectedVersion, event) => {
        const [current] = await inner.find([next.id], next.tenant);
        if (current?.state === "destroyed") return { outcome: "conflict", current };
        return inner.replace(next, expectedVersion, event);
      },
    })),
    caughtBy: ["a tombstone is replaced as a key is: at its version, by its next one, with the event"],
  },
];

function keepingHead(inner: Store): Store["replace"] {
  return async (next, expectedVersion, event) => {
    const [current] = await inner.find([next.id], next.tenant);
    return inner.replace(current === undefined ? next : { ...next, head: current.head }, expectedVersion, event);
  };
}
