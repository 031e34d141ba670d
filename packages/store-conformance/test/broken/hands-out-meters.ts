import type { Meter } from "@claviger/core";
import { type BrokenStore, memoryBut } from "./broken-store.js";

export const handsOutMeters: BrokenStore = {
  fault: "hands out the meters that it keeps",
  create: memoryBut((inner) => {
    const kept = new Map<string, { readonly meter: Meter; readonly text: string }>();
    const handOut = (name: string, current: Meter): Meter => {
      const before = kept.get(name);
      // What somebody made of it is what is there.
      if (before !== undefined && JSON.stringify(before.meter) !== before.text) return before.meter;
      const meter = { ...current };
      kept.set(name, { meter, text: JSON.stringify(meter) });
      return meter;
    };
    return {
      consume: async (requests, nowMs) => {
        const results = await inner.consume(requests, nowMs);
        return results.map((result, place) => ({
          ...result,
          meters: result.meters.map((meter, index) => meter && handOut(`${requests[place]?.keyId} ${index}`, meter)),
        }));
      },
    };
  }),
  caughtBy: ["copies out: what a caller does to the meters that consume gave him changes nothing in the store"],
};
