import { type ChargeRequest, type Store, shiftCharges } from "@claviger/core";
import { memoryStore } from "@claviger/memory";

const AHEAD_MS = 5_400_000;

/** Memory's store with a clock of its own, an hour and a half ahead of this process's. */
export function clockedStore(): Store {
  const inner = memoryStore();
  return {
    ...inner,
    capabilities: Object.freeze({ ...inner.capabilities, meterClock: "store" }),
    consume: (requests, nowMs) => {
      const clockMs = Date.now() + AHEAD_MS;
      const byUs = (clockMs - nowMs) * 1000;
      const shift = (request: ChargeRequest) => ({ ...request, charges: shiftCharges(request.charges, byUs) });
      return inner.consume(requests.map(shift), clockMs);
    },
  };
}
