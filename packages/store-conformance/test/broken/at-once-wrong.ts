import { type ChargeRequest, type ChargeResult, type Consume, type Store, withAtOnce } from "@claviger/core";
import { type BrokenStore, memoryBut } from "./broken-store.js";

type AtOnce = NonNullable<Consume["atOnce"]>;

const titled = (title: string): string => `consume.atOnce: ${title}; where there is none, there is none of a like name`;

const SAME = titled("it charges the meters that consume charges, whichever comes first");
const SHARED = titled("it charges the meters that keys share, or refuses them by name");
const ALL_OR_NOTHING = titled("promise 3: a unit that does not fit spends nothing");
const TOLD = titled("of no units nothing is spent, and the meters are told");
const COPIES = titled("copies out: what a caller does to the meters that it gave him changes nothing");
const ITS_OWN =
  "atOnce of consume, settings.get and owners.read is its function's own: what stands in its place has none, and is called";
const LIKE_CORE =
  "any calls of consume, at any times, on several keys, give what core's applyCharges gives by the clock that counts";

function rightly(inner: Store): AtOnce {
  const { atOnce } = inner.consume;
  if (atOnce === undefined) throw new Error("memory charges at once");
  return atOnce;
}

/** Memory's `consume`, as a function without members. */
function consumeOf(inner: Store): (...given: Parameters<Consume>) => ReturnType<Consume> {
  return (...given) => inner.consume(...given);
}

/** A store that charges rightly by `consume`, and wrongly at once. */
function atOnceIs(fault: string, wrong: (right: AtOnce) => AtOnce, caughtBy: readonly string[]): BrokenStore {
  const create = memoryBut((inner) => ({ consume: withAtOnce(consumeOf(inner), wrong(rightly(inner))) }));
  return { fault, create, caughtBy };
}

function ownOnly({ shared: _, ...request }: ChargeRequest): ChargeRequest {
  return request;
}

export const atOnceWrong: readonly BrokenStore[] = [
  atOnceIs(
    "forgets what it charges at once",
    (right) => {
      let charged = 0;
      return (request, nowMs) => {
        charged += 1;
        return right({ ...request, keyId: `${request.keyId} ${charged}` }, nowMs);
      };
    },
    [SAME, TOLD, COPIES, LIKE_CORE],
  ),
  atOnceIs(
    "charges at once other meters than consume does",
    (right) => (request, nowMs) => right({ ...request, keyId: `${request.keyId} at once` }, nowMs),
    [SAME, TOLD, LIKE_CORE],
  ),
  atOnceIs(
    "charges at once a key's own meters only, and nothing that it shares",
    (right) => (request, nowMs) => right(ownOnly(request), nowMs),
    [SHARED],
  ),
  atOnceIs(
    "spends at once what fits of a unit that one meter refuses",
    (right) => (request, nowMs) => {
      const result = right(request, nowMs);
      if (result.admitted < request.units)
        for (const charge of request.charges) right({ ...request, charges: [charge], units: 1 }, nowMs);
      return result;
    },
    [ALL_OR_NOTHING, LIKE_CORE],
  ),
  atOnceIs(
    "spends a unit at once where it is asked for none",
    (right) => (request, nowMs) => right({ ...request, units: Math.max(1, request.units) }, nowMs),
    [TOLD, LIKE_CORE],
  ),
  {
    fault: "hands out at once the meters that it keeps",
    create: memoryBut((inner) => {
      const atOnce = rightly(inner);
      const given = new Map<string, { readonly meters: ChargeResult["meters"]; readonly text: string }>();
      // What somebody made of it is what is there.
      const changed = (keyId: string): ChargeResult["meters"] | undefined => {
        const kept = given.get(keyId);
        return kept === undefined || JSON.stringify(kept.meters) === kept.text ? undefined : kept.meters;
      };
      const consume = async (requests: readonly ChargeRequest[], nowMs: number) =>
        (await inner.consume(requests, nowMs)).map((result, place) => ({
          ...result,
          meters: changed(requests[place]?.keyId ?? "") ?? result.meters,
        }));
      return {
        consume: withAtOnce(consume, (request: ChargeRequest, nowMs: number) => {
          const result = atOnce(request, nowMs);
          const { meters } = result;
          given.set(request.keyId, { meters, text: JSON.stringify(meters) });
          return result;
        }),
      };
    }),
    caughtBy: [COPIES],
  },
  {
    fault: "has no meters that are shared, and charges the key's at once all the same",
    create: memoryBut((inner) => ({
      capabilities: Object.freeze({ ...inner.capabilities, sharedMeters: false }),
      consume: withAtOnce(consumeOf(inner), (request: ChargeRequest, nowMs: number) =>
        rightly(inner)(ownOnly(request), nowMs),
      ),
    })),
    caughtBy: [SHARED],
  },
  {
    fault: "charges at once by a member that goes along with every copy of consume",
    create: memoryBut((inner) => ({ consume: Object.assign(consumeOf(inner), { atOnce: rightly(inner) }) })),
    caughtBy: [ITS_OWN],
  },
  {
    fault: "reads the gates at once by members that an heir has, too",
    create: memoryBut(({ settings, owners }) => ({
      settings: {
        ...settings,
        get: Object.defineProperty(settings.get.bind(settings), "atOnce", { value: settings.get.atOnce }),
      },
      owners: {
        ...owners,
        read: Object.defineProperty(owners.read.bind(owners), "atOnce", { value: owners.read.atOnce }),
      },
    })),
    caughtBy: [ITS_OWN],
  },
  {
    fault: "charges at once by a name that nobody calls",
    create: memoryBut((inner) => ({ consume: Object.assign(consumeOf(inner), { once: rightly(inner) }) })),
    caughtBy: [SAME],
  },
];
