import { type ChargeResult, type FoundCharge, type Store, withIfUnchanged } from "@claviger/core";
import { memoryStore } from "@claviger/memory";
import { asFoundStore } from "@claviger/testing";
import type { BrokenStore } from "./broken-store.js";

type Charge = (requests: readonly FoundCharge[], nowMs: number) => Promise<readonly (ChargeResult | null)[]>;

const titled = (title: string): string =>
  `consume.ifUnchanged: ${title}; where there is none, there is none of a like name`;

const SAME = titled("it charges the meters that consume charges, whichever comes first");
const changedBy = (what: string): string =>
  titled(`promise 2: of a key that was ${what} since it was found nothing is spent`);
const REVOKED = changedBy("revoked");
const RENEWED = changedBy("changed in nothing but its version");
const DELETED = changedBy("deleted");
const ANEW = titled("found anew, a changed key is charged again");
const ANOTHERS = titled("another key's record is none of this key");
const ALL_OR_NOTHING = titled("promise 3: a unit that does not fit spends nothing");
const SEVERAL = titled("of several keys each is charged by itself, and answered in its place");
const COPIES = titled("copies out: what a caller does to the meters that it gave him changes nothing");
const ITS_OWN = titled("it is its function's own, and names the find that it knows the keys of");
const EXACT = titled("promise 3: 1000 calls at once under a limit of 100, all of them so, admit exactly 100");
const AMID_REVOKE = titled(
  "promise 2: in 50 trials of 20 who charge on and on, none does once the key has been revoked",
);
const THROUGH_KEYRINGS =
  "promise 2: revoke against verifies of a key with a limit, which every caller has charged before: it is revoked for good";

/** A store whose `consume` is right, and the form of it that finds out is not. */
function ifUnchangedIs(
  fault: string,
  caughtBy: readonly string[],
  wrong: (right: Charge, store: Store) => Charge,
): BrokenStore {
  const create = (): Store => {
    const store = asFoundStore(memoryStore());
    const { find, consume } = store;
    if (consume.ifUnchanged === undefined) throw new Error("this store has it");
    const right: Charge = consume.ifUnchanged;
    return { ...store, consume: withIfUnchanged((...given) => consume(...given), find, wrong(right, store)) };
  };
  return { fault, create, caughtBy };
}

export const ifUnchangedWrong: readonly BrokenStore[] = [
  ifUnchangedIs(
    "charges a key as it was found, whatever has become of it",
    [REVOKED, RENEWED, ANEW, SEVERAL, AMID_REVOKE, THROUGH_KEYRINGS],
    (_, { consume }) => consume,
  ),
  ifUnchangedIs(
    "takes a key for unchanged as long as its state is",
    [RENEWED, ANEW],
    (_, { find, consume }) =>
      async (requests, nowMs) => {
        const stored = await find(requests.map(({ keyId }) => keyId));
        const results = await consume(requests, nowMs);
        return results.map((result, index) =>
          stored[index]?.state === requests[index]?.asFound.state ? result : null,
        );
      },
  ),
  ifUnchangedIs(
    "answers that a key has changed, and has charged it",
    [REVOKED, DELETED, SEVERAL],
    (right, { consume }) => {
      return async (requests, nowMs) => {
        const results = await right(requests, nowMs);
        for (const [index, request] of requests.entries()) if (results[index] === null) await consume([request], nowMs);
        return results;
      };
    },
  ),
  ifUnchangedIs("looks the record's key up, not the request's", [ANOTHERS], (right) => async (requests, nowMs) => {
    const asTheRecordSays = requests.map((request) => ({ ...request, keyId: request.asFound.id }));
    return right(asTheRecordSays, nowMs);
  }),
  ifUnchangedIs("never charges by it", [SAME, ANEW, ALL_OR_NOTHING, SEVERAL, EXACT], () => async (requests) => {
    return requests.map(() => null);
  }),
  ifUnchangedIs(
    "answers of several only of those that it has charged",
    [SEVERAL],
    (right) => async (requests, nowMs) => {
      return (await right(requests, nowMs)).filter((result) => result !== null);
    },
  ),
  ifUnchangedIs("spends what fits of a unit that one meter refuses", [ALL_OR_NOTHING], (right, { consume }) => {
    return async (requests, nowMs) => {
      const results = await right(requests, nowMs);
      for (const [index, { asFound: _, ...request }] of requests.entries())
        if (results[index]?.admitted === 0)
          for (const charge of request.charges) await consume([{ ...request, charges: [charge] }], nowMs);
      return results;
    };
  }),
  ifUnchangedIs("reads the meters before it charges them", [EXACT], (_, { consume, find }) => {
    return async (requests, nowMs) => {
      const stored = await find(requests.map(({ keyId }) => keyId));
      const looks = await consume(
        requests.map((request) => ({ ...request, units: 0 })),
        nowMs,
      );
      const fitting = requests.filter(({ charges: [charge] }, index) => {
        const [meter] = looks[index]?.meters ?? [];
        const used = meter?.form === "window" ? meter.used : 0;
        return (
          stored[index]?.version === requests[index]?.asFound.version &&
          charge?.form === "window" &&
          used < charge.ceiling
        );
      });
      const wide = fitting.map((request) => ({
        ...request,
        charges: request.charges.map((charge) => (charge.form === "window" ? { ...charge, ceiling: 1e9 } : charge)),
      }));
      const spent = await consume(wide, nowMs);
      return requests.map((request, index) => spent[fitting.indexOf(request)] ?? looks[index] ?? null);
    };
  }),
  {
    fault: "hands out the meters that it keeps, of a key as it was found",
    create: () => {
      const store = asFoundStore(memoryStore());
      const { find, consume } = store;
      const given = new Map<string, { readonly meters: ChargeResult["meters"]; readonly text: string }>();
      // What somebody made of it is what is there.
      const changed = (keyId: string): ChargeResult["meters"] | undefined => {
        const kept = given.get(keyId);
        return kept === undefined || JSON.stringify(kept.meters) === kept.text ? undefined : kept.meters;
      };
      const keeping: Charge = async (requests, nowMs) => {
        const results = (await consume.ifUnchanged?.(requests, nowMs)) ?? [];
        for (const [index, { keyId }] of requests.entries()) {
          const { meters = [] } = results[index] ?? {};
          given.set(keyId, { meters, text: JSON.stringify(meters) });
        }
        return results;
      };
      const consumeKept: Store["consume"] = async (requests, nowMs) =>
        (await consume(requests, nowMs)).map((result, place) => ({
          ...result,
          meters: changed(requests[place]?.keyId ?? "") ?? result.meters,
        }));
      return { ...store, consume: withIfUnchanged(consumeKept, find, keeping) };
    },
    caughtBy: [COPIES],
  },
  {
    fault: "finds out by a member that goes along with every copy of consume",
    create: () => {
      const { consume, ...store } = asFoundStore(memoryStore());
      const { ifUnchanged } = consume;
      if (ifUnchanged === undefined) throw new Error("this store has it");
      const copied = Object.assign((...given: Parameters<typeof consume>) => consume(...given), { ifUnchanged });
      return { ...store, consume: copied };
    },
    caughtBy: [ITS_OWN],
  },
  {
    fault: "names another find than its own",
    create: () => {
      const store = asFoundStore(memoryStore());
      return { ...store, find: (...given) => store.find(...given) };
    },
    caughtBy: [ITS_OWN],
  },
  {
    fault: "finds out by a name that nobody calls",
    create: () => ({ ...memoryStore(), consumeUnchanged: async () => [] }),
    caughtBy: [SAME],
  },
];
