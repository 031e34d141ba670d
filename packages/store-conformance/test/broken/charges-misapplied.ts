import type { Charge, ChargeRequest, Store } from "@claviger/core";
import { type BrokenStore, memoryBut } from "./broken-store.js";

/** A store that applies other charges than it is given. */
function applies(fault: string, change: (charge: Charge) => Charge, caughtBy: readonly string[]): BrokenStore {
  const changeAll = ({ charges, ...request }: ChargeRequest) => ({ ...request, charges: charges.map(change) });
  const create = memoryBut((inner) => ({
    consume: (requests, nowMs) => inner.consume(requests.map(changeAll), nowMs),
  }));
  return { fault, create, caughtBy };
}

/** A store that answers otherwise than the meters say. */
function answers(fault: string, consume: (inner: Store) => Store["consume"], caughtBy: readonly string[]): BrokenStore {
  return { fault, create: memoryBut((inner) => ({ consume: consume(inner) })), caughtBy };
}

const GCRA =
  "a gcra charge starts at its floor or at what is stored, whichever is later, and is admitted up to its ceiling";
const WINDOW =
  "a window charge adds up within its window, begins again in a newer one, and never goes back to an older one";
const UNITS = "of n units as many are admitted as fit under every charge, and the others spend nothing";

export const chargesMisapplied: readonly BrokenStore[] = [
  applies(
    "starts a gcra charge at what is stored, whatever the floor",
    (charge) => (charge.form === "gcra" ? { ...charge, floorUs: 0 } : charge),
    [GCRA],
  ),
  applies(
    "refuses a gcra charge that comes up to its ceiling",
    (charge) => (charge.form === "gcra" ? { ...charge, ceilingUs: charge.ceilingUs - 1 } : charge),
    [GCRA],
  ),
  applies(
    "rounds gcra charges to whole milliseconds",
    (charge) => (charge.form === "gcra" ? { ...charge, addUs: 1000 * Math.ceil(charge.addUs / 1000) } : charge),
    ["gcra counts whole microseconds, and rounds nothing"],
  ),
  applies("never begins a new window", (charge) => (charge.form === "window" ? { ...charge, windowAt: 0 } : charge), [
    WINDOW,
  ]),
  applies(
    "refuses a window charge that comes up to its ceiling",
    (charge) => (charge.form === "window" ? { ...charge, ceiling: charge.ceiling - 1 } : charge),
    [WINDOW],
  ),
  answers(
    "goes back to an older window, and spends it again",
    (inner) => (requests, nowMs) => {
      const charges = (request: ChargeRequest) =>
        request.charges.map((charge) =>
          charge.form === "window" ? { ...charge, meter: `${charge.meter} ${charge.windowAt}` } : charge,
        );
      return inner.consume(
        requests.map((request) => ({ ...request, charges: charges(request) })),
        nowMs,
      );
    },
    [WINDOW],
  ),
  answers(
    "admits all of a request's units or none",
    (inner) => async (requests, nowMs) => {
      const results = await inner.consume(requests, nowMs);
      return results.map((result, place) =>
        result.admitted === requests[place]?.units ? result : { ...result, admitted: 0 },
      );
    },
    [UNITS],
  ),
  answers(
    "answers the requests of one call in the reverse order",
    (inner) => async (requests, nowMs) => (await inner.consume(requests, nowMs)).toReversed(),
    ["requests of one call for one key apply in the order given, and each is answered in its place"],
  ),
  answers(
    "tells no meter of a charge that it refuses",
    (inner) => async (requests, nowMs) => {
      const results = await inner.consume(requests, nowMs);
      return results.map((result) =>
        result.admitted > 0 ? result : { ...result, meters: result.meters.map(() => null) },
      );
    },
    ["meters come back in the order of the charges, null where nothing was ever spent", GCRA, WINDOW],
  ),
];
