import type { Refund, RefundRequest, Store } from "@claviger/core";
import { credits, metersNow, refundOf, usedOf } from "../../src/charge-sample.js";
import { type BrokenStore, memoryBut, roundTrip } from "./broken-store.js";

/** A store that refunds otherwise than it is told. */
function refunds(fault: string, refund: (inner: Store) => Store["refund"], caughtBy: readonly string[]): BrokenStore {
  return { fault, create: memoryBut((inner) => ({ refund: refund(inner) })), caughtBy };
}

function each(change: (refund: Refund) => Refund): (inner: Store) => Store["refund"] {
  return (inner) => (requests) =>
    inner.refund(requests.map((request) => ({ ...request, refunds: request.refunds.map(change) })));
}

const TAKES_BACK =
  "a refund takes back what it says of each meter: time of a gcra meter, units of the window that was charged";
const OTHER_WINDOW =
  "a refund of a window that is not the one that counts, older or newer, gives nothing; none gives below zero";
const TWICE = "each refund counts: one that comes twice, in one call or in two, takes back twice";
const MISSING = "a refund on a meter that is not there, or of another tenant's key, makes none and gives nothing";

export const refundsWrong: readonly BrokenStore[] = [
  refunds("refunds nothing", () => async () => undefined, [TAKES_BACK, TWICE]),
  refunds(
    "refunds no gcra meter",
    each((refund) => (refund.form === "gcra" ? { ...refund, subUs: 0 } : refund)),
    [TAKES_BACK],
  ),
  refunds(
    "refunds the window that counts, whichever was charged",
    (inner) => async (requests) => {
      const told = await inner.consume(
        requests.map(({ tenant, keyId, refunds: asked }) => ({
          tenant,
          keyId,
          units: 0,
          charges: asked.map(({ meter }) => ({ form: "window", meter, windowAt: 0, add: 0, ceiling: 0 }) as const),
        })),
        0,
      );
      const current = (refund: Refund, row: number, column: number): Refund => {
        const meter = told[row]?.meters[column];
        return refund.form === "window" && meter?.form === "window" ? { ...refund, windowAt: meter.windowAt } : refund;
      };
      await inner.refund(
        requests.map((request, row) => ({
          ...request,
          refunds: request.refunds.map((refund, column) => current(refund, row, column)),
        })),
      );
    },
    [OTHER_WINDOW],
  ),
  refunds(
    "refunds the same request once, as if it knew it again",
    (inner) => {
      const seen = new Set<string>();
      const isNew = (request: RefundRequest): boolean => {
        const text = JSON.stringify(request);
        return !seen.has(text) && seen.add(text) !== undefined;
      };
      return (requests) => inner.refund(requests.filter(isNew));
    },
    [TWICE],
  ),
  {
    fault: "refunds below zero",
    create: memoryBut((inner) => {
      let debt = 0;
      return {
        refund: async (requests) => {
          debt += requests
            .flatMap((request) => request.refunds)
            .some((refund) => refund.form === "window" && refund.sub > 5)
            ? 1
            : 0;
          await inner.refund(requests);
        },
        consume: async (requests, nowMs) => {
          const results = await inner.consume(requests, nowMs);
          const lower = (result: (typeof results)[number]) => ({
            ...result,
            meters: result.meters.map((meter) =>
              meter?.form === "window" ? { ...meter, used: meter.used - debt } : meter,
            ),
          });
          return results.map(lower);
        },
      };
    }),
    caughtBy: [OTHER_WINDOW],
  },
  refunds(
    "makes the meters that it refunds",
    (inner) => async (requests) => {
      for (const { tenant, keyId, refunds: asked } of requests) {
        const charges = asked.map(({ meter }) => ({ form: "window", meter, windowAt: 0, add: 0, ceiling: 9 }) as const);
        await inner.consume([{ tenant, keyId, units: 1, charges }], 0).catch(() => undefined);
      }
      await inner.refund(requests);
    },
    [MISSING],
  ),
  refunds(
    "reads the meter, and then writes what the refund leaves of it",
    (inner) => async (requests) => {
      for (const { tenant, keyId, refunds: asked } of requests) {
        const look = { tenant, keyId, units: 0, charges: [credits(0)] };
        const usedNow = async (): Promise<number> => usedOf(await metersNow(inner, look))[0] ?? 0;
        const before = await usedNow();
        await roundTrip();
        const left = before - asked.reduce((sum, refund) => sum + (refund.form === "window" ? refund.sub : 0), 0);
        await inner.refund([{ tenant, keyId, refunds: [refundOf(Math.max(0, (await usedNow()) - left))] }]);
      }
    },
    ["refunds at once beside charges: each counts once, and never more than the limit is spent"],
  ),
];
