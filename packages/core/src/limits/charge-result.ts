import type { ChargeAtOnce, ChargeResult } from "../store/meter-store.js";
import { plainMaker } from "../value/plain-maker.js";

const Result = plainMaker<[admitted: number, meters: ChargeResult["meters"], nowUs: number], ChargeResult>(
  function (admitted, meters, nowUs) {
    this.admitted = admitted;
    this.meters = meters;
    this.nowUs = nowUs;
  },
);

const ResultAtOnce = plainMaker<
  [admitted: number, meters: ChargeResult["meters"], nowUs: number, handle: object | undefined],
  Required<ChargeAtOnce>
>(function (admitted, meters, nowUs, handle) {
  this.admitted = admitted;
  this.meters = meters;
  this.nowUs = nowUs;
  this.handle = handle;
});

/** What a store tells of one request. */
export function chargeResult(admitted: number, meters: ChargeResult["meters"], nowUs: number): ChargeResult {
  return new Result(admitted, meters, nowUs);
}

/** The same of one that it charged at once, with a handle for the next time. */
export function chargeAtOnce(
  admitted: number,
  meters: ChargeResult["meters"],
  nowUs: number,
  handle: object | undefined,
): ChargeAtOnce {
  return new ResultAtOnce(admitted, meters, nowUs, handle);
}
