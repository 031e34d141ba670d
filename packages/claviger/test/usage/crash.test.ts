import { forkModule } from "@claviger/testing";
import { expect, it, vi } from "vitest";
import { usePostgres } from "../support/on-each-store.js";
import { openWorld } from "../support/open-world.js";

const { pool, createStore } = usePostgres(2);

it("a process that is killed has lost no more than its last interval", async () => {
  const { keyring } = openWorld(createStore(), { clock: Date.now, peppers: [] });
  const { key, token } = await keyring.create({ owner: "user_1", name: "ERP" });
  const counted = async (): Promise<number> => {
    const { counts } = await keyring.usage.get(key.id);
    return counts.reduce((sum, { count }) => sum + count, 0);
  };
  const process = await forkModule<number, number>(new URL("./verifier.process.ts", import.meta.url), {
    url: pool().options.connectionString,
    token,
  });
  try {
    await process.ask(50);
    // Nobody tells it to write: what is noted is there once the interval is over.
    await vi.waitFor(async () => expect(await counted()).toBe(50), { timeout: 20_000, interval: 20 });
    await process.ask(7);
  } finally {
    await process.kill();
  }
  const left = await counted();
  expect(left).toBeGreaterThanOrEqual(50);
  expect(left).toBeLessThanOrEqual(57);
  expect((await keyring.get(key.id)).lastUsedAt).toBeGreaterThan(0);
});
