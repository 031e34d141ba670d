import type { OwnerRef, OwnerStore, Store } from "@claviger/core";
import { freshId } from "../../src/samples.js";
import { type BrokenStore, memoryBut, roundTrip } from "./broken-store.js";

function ownersBut(
  fault: string,
  change: (owners: OwnerStore, inner: Store) => Partial<OwnerStore>,
  caughtBy: readonly string[],
): BrokenStore {
  const create = memoryBut((inner) => ({ owners: { ...inner.owners, ...change(inner.owners, inner) } }));
  return { fault, create, caughtBy };
}

const UNCHANGED = "to suspend a suspended owner, or resume one who is not, changes nothing and writes no event";
const SWITCH =
  "an owner is suspended from the event's time until he is resumed, with an event each, whether or not he has a key";
const IN_ORDER =
  "owners.read answers every owner in the order asked, repetitions too, also those of whom nobody has heard";

/** Joins what should stay apart. */
const joined = ({ tenant, owner }: OwnerRef): OwnerRef => ({ tenant: "", owner: `${tenant}#${owner}` });

export const ownersWrong: readonly BrokenStore[] = [
  ownersBut(
    "suspends again who is suspended already",
    (owners) => ({
      suspend: async (event) => {
        const result = await owners.suspend(event);
        if (result.outcome === "changed") return result;
        await owners.resume({ ...event, id: freshId(), type: "owner.resumed" });
        return owners.suspend(event);
      },
    }),
    [UNCHANGED],
  ),
  ownersBut(
    "says that it resumed who was not suspended",
    (owners) => ({
      resume: async (event) => {
        await owners.resume(event);
        return { outcome: "changed" };
      },
    }),
    [UNCHANGED],
  ),
  ownersBut(
    "reads whether an owner is suspended, and then suspends him",
    (owners, inner) => ({
      suspend: async (event) => {
        const [standing] = await owners.read([event]);
        await roundTrip();
        const result = await owners.suspend(event);
        if (standing?.suspendedAt !== null || result.outcome === "changed") return result;
        await inner.append([{ ...event, type: "corrupt_key", keyId: "" }]);
        return { outcome: "changed" };
      },
    }),
    ["of twenty who suspend an owner at once one changes it, and one event is there"],
  ),
  ownersBut(
    "suspends from its own time on",
    (owners) => ({
      read: async (refs) =>
        (await owners.read(refs)).map(({ suspendedAt }) => ({ suspendedAt: suspendedAt && Date.now() })),
    }),
    [SWITCH],
  ),
  ownersBut(
    "suspends nobody who holds no key",
    (owners, inner) => ({
      suspend: async (event) => {
        const { tenant, owner } = event;
        const { items } = await inner.list({ tenant, owner, order: "newest", limit: 1, nowMs: event.at });
        return items.length === 0 ? { outcome: "unchanged" } : owners.suspend(event);
      },
    }),
    [SWITCH],
  ),
  ownersBut(
    "answers once for an owner who was asked for twice",
    (owners) => ({
      read: (refs) => owners.read([...new Map(refs.map((ref) => [JSON.stringify(ref), ref])).values()]),
    }),
    [IN_ORDER],
  ),
  ownersBut(
    "tells owners apart by tenant and name in one word",
    (owners) => {
      const suspended = new Map<string, number>();
      return {
        suspend: async (event) => {
          const { owner } = joined(event);
          if (suspended.has(owner)) return { outcome: "unchanged" };
          suspended.set(owner, event.at);
          return owners.suspend(event);
        },
        read: async (refs) => refs.map((ref) => ({ suspendedAt: suspended.get(joined(ref).owner) ?? null })),
      };
    },
    ["an owner is the pair of tenant and name: none is taken for another, wherever the one ends and the other begins"],
  ),
  {
    fault: "ends a suspension when the owner gets a key",
    create: memoryBut((inner) => ({
      insert: async (key, cap, event) => {
        const result = await inner.insert(key, cap, event);
        const { tenant, owner, createdAt: at } = key;
        const resumed = { id: freshId(), type: "owner.resumed", tenant, owner, actor: "system", at, data: {} } as const;
        if (result.outcome === "inserted") await inner.owners.resume(resumed);
        return result;
      },
    })),
    caughtBy: [
      "a suspension neither touches the owner's keys nor takes a place under his cap, and no key that comes or goes ends it",
    ],
  },
  {
    fault: "forgets an owner's suspension with his last key",
    create: memoryBut((inner) => {
      const forgotten = new Set<string>();
      const nameOf = ({ tenant, owner }: OwnerRef) => JSON.stringify([tenant, owner]);
      return {
        replace: async (next, expectedVersion, event) => {
          const [before] = await inner.find([next.id], next.tenant);
          const result = await inner.replace(next, expectedVersion, event);
          const isGone = next.state === "destroyed" && result.outcome === "replaced";
          if (isGone && before !== undefined && before.state !== "destroyed") forgotten.add(nameOf(before));
          return result;
        },
        owners: {
          ...inner.owners,
          read: async (refs) => {
            const standings = await inner.owners.read(refs);
            return standings.map((standing, place) => {
              const ref = refs[place];
              return ref !== undefined && forgotten.has(nameOf(ref)) ? { suspendedAt: null } : standing;
            });
          },
        },
      };
    }),
    caughtBy: ["a suspension outlasts the deletion of the owner's last key, and holds for the next one"],
  },
];
