import { applyCharges, applyRefund, type Meter, shiftCharges } from "@claviger/core";
import type { KeyRef, ModelStore } from "./model-store.js";

/** Meters are their key's, whether or not there is one. */
export function modelMeters(): Pick<ModelStore, "consume" | "refund"> & { forgetMeters(key: KeyRef): void } {
  const meters = new Map<string, ReadonlyMap<string, Meter>>();
  return {
    forgetMeters: ({ tenant, id }) => meters.delete(JSON.stringify([tenant, id])),
    refund(requests) {
      for (const { tenant, keyId, refunds } of requests) {
        const name = JSON.stringify([tenant, keyId]);
        const after = new Map(meters.get(name));
        for (const refund of refunds) {
          const meter = after.get(refund.meter);
          if (meter !== undefined) after.set(refund.meter, applyRefund(meter, refund));
        }
        meters.set(name, after);
      }
    },
    consume: (requests, nowMs, nowUs) =>
      requests.map(({ tenant, keyId, charges, units }, index) => {
        const name = JSON.stringify([tenant, keyId]);
        const stored = meters.get(name) ?? new Map<string, Meter>();
        const atUs = nowUs[index] ?? nowMs * 1000;
        const applied = applyCharges(stored, shiftCharges(charges, atUs - nowMs * 1000), units);
        const after = charges.flatMap(({ meter }, place): readonly (readonly [string, Meter])[] => {
          const spent = applied.meters[place];
          return spent ? [[meter, spent]] : [];
        });
        meters.set(name, new Map([...stored, ...after]));
        return { ...applied, nowUs: atUs };
      }),
  };
}
