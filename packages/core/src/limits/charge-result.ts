import type { ChargeResult } from "../store/meter-store.js";
import { plainMaker } from "../value/plain-maker.js";

const Result = plainMaker<[admitted: number, meters: ChargeResult["meters"], nowUs: number], ChargeResult>(
  function (admitted, meters, nowUs) {
    this.admitted = admitted;
    this.meters = meters;
    this.nowUs = nowUs;
  },
);

/** What a store tells of one request. */
export function chargeResult(admitted: number, meters: ChargeResult["meters"], nowUs: number): ChargeResult {
  return new Result(admitted, meters, nowUs);
}
