import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { memoryStore } from "@claviger/memory";
import { expect, it } from "vitest";
import { openWorld } from "./support/open-world.js";

const MILLION = 1_000_000;
const KEYS = 1_000;
const MB = 1_048_576;
const REQUEST = { scopes: ["invoices:read"], ip: "10.1.2.3" };

setFlagsFromString("--expose-gc");
const collectGarbage: () => void = runInNewContext("gc");

function heapMb(): number {
  collectGarbage();
  return process.memoryUsage().heapUsed / MB;
}

it("the heap is flat over ten million verifies", { timeout: 600_000 }, async () => {
  const { keyring } = openWorld(memoryStore(), { cache: { maxStaleMs: 3_600_000, maxEntries: 2 * KEYS }, usage: {} });
  const made = Array.from({ length: KEYS }, (_, index) =>
    keyring.create({ owner: `user_${index % 20}`, name: "A key", scopes: ["invoices:*"] }),
  );
  const tokens = (await Promise.all(made)).map(({ token }) => token);
  const verifyMillion = async (): Promise<void> => {
    for (let round = 0; round < MILLION / KEYS; round += 1)
      for (const token of tokens) if (!(await keyring.verify(token, REQUEST)).ok) throw new Error("denied");
  };
  await verifyMillion();
  const beforeMb = heapMb();
  for (let millions = 0; millions < 9; millions += 1) await verifyMillion();
  expect(heapMb() - beforeMb).toBeLessThan(2);
  await keyring.close();
});
