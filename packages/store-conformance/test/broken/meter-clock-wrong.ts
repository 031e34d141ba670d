import { type ChargeRequest, type Store, shiftCharges } from "@claviger/core";
import { type BrokenStore, memoryBut } from "./broken-store.js";

const CLOCK =
  "capability meterClock: gcra goes by the store's clock, which runs and follows no caller's, or else exactly by the caller's";
const SHARED =
  "capability meterClock: callers whose clocks are an hour apart share one bound by the store's clock; by their own, the hour refills";

function byClock(
  fault: string,
  meterClock: Store["capabilities"]["meterClock"],
  clockMs: (nowMs: number) => number,
  caughtBy: readonly string[],
): BrokenStore {
  const create = memoryBut((inner) => ({
    capabilities: Object.freeze({ ...inner.capabilities, meterClock }),
    consume: (requests, nowMs) => {
      const byUs = (clockMs(nowMs) - nowMs) * 1000;
      const shift = (request: ChargeRequest) => ({ ...request, charges: shiftCharges(request.charges, byUs) });
      return inner.consume(requests.map(shift), clockMs(nowMs));
    },
  }));
  return { fault, create, caughtBy };
}

export const meterClockWrong: readonly BrokenStore[] = [
  byClock("declares a clock of its own, and goes by the caller's", "store", (nowMs) => nowMs, [CLOCK, SHARED]),
  byClock("declares that it goes by the caller's clock, and goes by its own", "caller", () => Date.now(), [
    CLOCK,
    SHARED,
  ]),
  byClock("has a clock that stands still", "store", () => Date.UTC(2026, 0), [CLOCK]),
];
