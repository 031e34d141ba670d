import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { memoryStore } from "@claviger/memory";
import { expect, it } from "vitest";
import { openWorld } from "../support/open-world.js";
import { unknownTokens } from "./support/unknown-tokens.js";

const MAX_ENTRIES = 10_000;
const FLOOD = 1_000_000;
const MB = 1_048_576;

setFlagsFromString("--expose-gc");
const collectGarbage: () => void = runInNewContext("gc");

function heapMb(): number {
  collectGarbage();
  return process.memoryUsage().heapUsed / MB;
}

it(`${FLOOD} distinct unknown tokens: the heap stays as it was when the cache was full`, async () => {
  const { keyring, counts } = openWorld(memoryStore(), { cache: { maxStaleMs: 3_600_000, maxEntries: MAX_ENTRIES } });
  let seen = 0;
  let fullMb = 0;
  for (const token of unknownTokens(FLOOD)) {
    if ((await keyring.verify(token)).ok) throw new Error("an unknown token was admitted");
    seen += 1;
    if (seen === 2 * MAX_ENTRIES) fullMb = heapMb();
  }
  expect(counts.calls.find).toBe(FLOOD);
  // What would be left of a million ids is above 100 MB.
  expect(heapMb() - fullMb).toBeLessThan(8);
});
