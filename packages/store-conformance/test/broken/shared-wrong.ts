import type { ChargeRequest, Store } from "@claviger/core";
import { type BrokenStore, memoryBut } from "./broken-store.js";

const ABSENT = "; without the capability, what is shared is refused by name";
const titled = (title: string): string => `capability sharedMeters: ${title}${ABSENT}`;

const ORDER = titled("meters are told in the order of the key, its owner, its tenant, each by names of its own");
const ALL_OR_NOTHING = titled("promise 3: what the key, its owner or its tenant refuses spends nothing of the others");
const APART = titled("the meters of another owner, and of another tenant's owner of the same name, are others");
const LEFT = titled("a deleted key leaves what it has spent of its owner's and its tenant's meters");
const REFUND = titled("a refund takes back of the key's, its owner's and its tenant's meters, each by itself");
const EXACT = titled("promise 3: 20 callers, each over 10 keys of one owner, admit exactly 60, and spend no more");

/** A store that takes other requests for those that it is given. */
function takes(
  fault: string,
  change: (request: ChargeRequest) => ChargeRequest,
  caughtBy: readonly string[],
): BrokenStore {
  const create = memoryBut((inner) => ({
    consume: (requests, nowMs) => inner.consume(requests.map(change), nowMs),
  }));
  return { fault, create, caughtBy };
}

/** Whose meters are shared with whom, changed. */
function sharedBut(
  change: (shared: NonNullable<ChargeRequest["shared"]>, request: ChargeRequest) => ChargeRequest["shared"],
) {
  return (request: ChargeRequest): ChargeRequest => {
    if (request.shared === undefined) return request;
    const shared = change(request.shared, request);
    return shared === undefined ? request : { ...request, shared };
  };
}

function without(inner: Store): Store["capabilities"] {
  return Object.freeze({ ...inner.capabilities, sharedMeters: false });
}

export const sharedWrong: readonly BrokenStore[] = [
  takes(
    "takes an owner's meters for the key's own",
    sharedBut((shared, { keyId }) => ({ ...shared, owner: keyId })),
    [ORDER, EXACT],
  ),
  takes(
    "takes all owners for one",
    sharedBut((shared) => ({ ...shared, owner: "one" })),
    [APART],
  ),
  takes(
    "folds the case of owners",
    sharedBut((shared) => ({ ...shared, owner: shared.owner.toLowerCase() })),
    [APART],
  ),
  takes(
    "takes the owner's charges for the tenant's",
    sharedBut(({ owner, ofOwner, ofTenant }) => ({ owner, ofOwner: ofTenant, ofTenant: ofOwner })),
    [ORDER],
  ),
  {
    fault: "spends of the shared meters what the key refuses",
    create: memoryBut((inner) => ({
      consume: async (requests, nowMs) => {
        const results = await inner.consume(requests, nowMs);
        const refused = requests.filter(
          ({ units, shared }, place) => shared && (results[place]?.admitted ?? 0) < units,
        );
        await inner.consume(
          refused.map((request) => ({ ...request, charges: [] })),
          nowMs,
        );
        return results;
      },
    })),
    caughtBy: [ALL_OR_NOTHING],
  },
  {
    fault: "forgets an owner's meters with a key of his",
    create: memoryBut((inner) => {
      const gone = new Set<string>();
      return {
        replace: async (next, version, event) => {
          if (next.state === "destroyed") gone.add(next.tenant);
          return inner.replace(next, version, event);
        },
        consume: (requests, nowMs) =>
          inner.consume(
            requests.map(
              sharedBut((shared, { tenant }) => (gone.has(tenant) ? { ...shared, owner: "another" } : shared)),
            ),
            nowMs,
          ),
      };
    }),
    caughtBy: [LEFT],
  },
  {
    fault: "refunds of shared meters nothing",
    create: memoryBut((inner) => ({
      refund: (requests) => inner.refund(requests.map(({ tenant, keyId, refunds }) => ({ tenant, keyId, refunds }))),
    })),
    caughtBy: [REFUND],
  },
  {
    fault: "has no meters that are shared, and charges the key's all the same",
    create: memoryBut((inner) => ({
      capabilities: without(inner),
      consume: (requests, nowMs) =>
        inner.consume(
          requests.map(({ shared: _, ...request }) => request),
          nowMs,
        ),
    })),
    caughtBy: [ORDER, ALL_OR_NOTHING],
  },
  {
    fault: "has no meters that are shared, and says of a refund on them that it was done",
    create: memoryBut((inner) => ({
      capabilities: without(inner),
      consume: async (requests, nowMs) => {
        if (requests.some(({ shared }) => shared)) throw new Error("no meters are shared here");
        return inner.consume(requests, nowMs);
      },
    })),
    caughtBy: [REFUND],
  },
];
