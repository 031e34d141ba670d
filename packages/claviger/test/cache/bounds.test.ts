import { memoryStore } from "@claviger/memory";
import { expect, it } from "vitest";
import { openWorld } from "../support/open-world.js";
import { unknownTokens } from "./support/unknown-tokens.js";

const FLOOD = 5_000;

it("a flood of tokens that nobody has heard of drives no key out of the cache", async () => {
  const inner = memoryStore();
  const { keyring, counts } = openWorld(inner, { cache: { maxStaleMs: 3_600_000, maxEntries: 100 } });
  const made = await Promise.all(
    Array.from({ length: 50 }, (_, index) => keyring.create({ owner: `owner ${index % 10}`, name: "A key" })),
  );
  for (const { token } of made) expect((await keyring.verify(token)).ok).toBe(true);
  for (const token of unknownTokens(FLOOD)) expect(await keyring.verify(token)).toEqual({ ok: false, code: "unknown" });
  expect(counts.calls.find).toBe(made.length + FLOOD);
  counts.reset();
  for (const { token } of made) expect((await keyring.verify(token)).ok).toBe(true);
  expect(counts.calls.find).toBe(0);
});
