import { getHeapSnapshot, setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { memoryStore } from "@claviger/memory";
import { expect, it } from "vitest";
import { openWorld } from "../support/open-world.js";

const VERIFIED = 200;
const PREFIX = "found_in_memory";
/** So written that this source is none. */
const TOKEN = /found_in_memory_[0-9A-Za-z]{16}_[0-9A-Za-z]{38}/g;
const TOKEN_LENGTH = PREFIX.length + 1 + 16 + 1 + 38;

setFlagsFromString("--expose-gc");
const collectGarbage: () => void = runInNewContext("gc");

/** How many tokens there are in all the texts in this isolate's memory. */
async function tokensInMemory(): Promise<number> {
  collectGarbage();
  const found = new Set<string>();
  let rest = "";
  for await (const chunk of getHeapSnapshot()) {
    const text = rest + String(chunk);
    for (const [token] of text.matchAll(TOKEN)) found.add(token);
    rest = text.slice(-TOKEN_LENGTH);
  }
  return found.size;
}

/** A token as a server has it: cut out of a long header. */
function received(token: string): string {
  const header = Buffer.from(`Bearer ${token}`.padEnd(8_000)).toString("latin1");
  return header.slice("Bearer ".length, "Bearer ".length + token.length);
}

it("promise 5: of tokens that were verified none is left in memory, whatever the cache keeps of their keys", async () => {
  const { keyring } = openWorld(memoryStore(), {
    prefix: PREFIX,
    cache: { maxStaleMs: 3_600_000, maxEntries: 10 * VERIFIED },
  });
  const held: string[] = [];
  const verifySome = async (hold: number): Promise<void> => {
    for (let made = 0; made < VERIFIED; made += 1) {
      const { key, token } = await keyring.create({ owner: "user_1", name: "A key" });
      expect((await keyring.verify(received(token))).ok).toBe(true);
      expect((await keyring.verify(received(token))).ok).toBe(true);
      await keyring.delete(key.id);
      expect((await keyring.verify(received(token))).ok).toBe(false);
      if (made < hold) held.push(token);
    }
  };
  await verifySome(0);
  // The last one may be held by what ran last.
  expect(await tokensInMemory()).toBeLessThanOrEqual(1);
  await verifySome(5);
  expect(await tokensInMemory()).toBeGreaterThanOrEqual(held.length);
});
