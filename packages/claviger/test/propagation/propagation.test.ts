import { expect, it } from "vitest";
import { useLines } from "./lines.js";
import { measurePropagation } from "./measure.js";

const MAX_STALE_MS = 1_000;
const TRIALS = 10;

const lines = useLines();

it("promise 1: a key that one process revokes is dead in two others at once without a cache, and within maxStaleMs with one, whatever becomes of the signal", async () => {
  const ways = lines.ways(MAX_STALE_MS);
  const results = await Promise.all(
    ways.map(async ({ name, verifiers, cut, boundMs }) => {
      const { delaysMs } = await measurePropagation(lines.pool(), verifiers, { trials: TRIALS, cut });
      return { name, tooLate: delaysMs.filter((ms) => ms > boundMs) };
    }),
  );
  expect(results).toEqual(ways.map(({ name }) => ({ name, tooLate: [] })));
}, 120_000);
