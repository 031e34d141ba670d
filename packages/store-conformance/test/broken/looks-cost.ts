import { type BrokenStore, memoryBut } from "./broken-store.js";

const NOTHING =
  "of no units nothing is spent: the meters are told as they are stored, whether or not a charge would fit";
const AMONG = "a request of no units beside others of one call, and of one key, tells what those before it have left";

export const looksCost: readonly BrokenStore[] = [
  {
    fault: "spends one unit where none is asked for",
    create: memoryBut((inner) => ({
      consume: (requests, nowMs) =>
        inner.consume(
          requests.map((request) => ({ ...request, units: Math.max(1, request.units) })),
          nowMs,
        ),
    })),
    caughtBy: [NOTHING, AMONG],
  },
  {
    fault: "tells what was stored before the call to who asks for no units",
    create: memoryBut((inner) => ({
      consume: async (requests, nowMs) => {
        const looks = await inner.consume(
          requests.map((request) => ({ ...request, units: 0 })),
          nowMs,
        );
        const results = await inner.consume(requests, nowMs);
        return results.map((result, place) => (requests[place]?.units === 0 ? (looks[place] ?? result) : result));
      },
    })),
    caughtBy: [AMONG],
  },
];
