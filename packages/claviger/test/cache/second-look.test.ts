import { formatToken, type Store } from "@claviger/core";
import { memoryStore } from "@claviger/memory";
import { NO_CALLS } from "@claviger/testing";
import { describe, expect, it } from "vitest";
import { openWorld, type World } from "../support/open-world.js";
import { rejectionOf } from "../support/rejection.js";
import { unheard } from "../support/unheard.js";
import { slowReads } from "./support/slow-reads.js";

const CACHE = { maxStaleMs: 60_000, maxEntries: 100 };
const KEY = { owner: "user_1", name: "A key" };

interface Neighbours {
  /** The process that manages keys. */
  readonly manager: World;
  /** One that verifies from memory, and hears nothing of what the other does. */
  readonly verifier: World;
  readonly id: string;
  readonly token: string;
}

async function openNeighbours(inner = memoryStore()): Promise<Neighbours> {
  const manager = openWorld(inner);
  const verifier = openWorld(unheard(inner), { cache: CACHE });
  const { key, token } = await manager.keyring.create(KEY);
  return { manager, verifier, id: key.id, token };
}

describe("a secret that a key in memory does not know is looked up anew", () => {
  it("so the new token of a rotation works at once, everywhere, though no signal came", async () => {
    const { manager, verifier, id, token } = await openNeighbours();
    expect((await verifier.keyring.verify(token)).ok).toBe(true);
    const rotated = await manager.keyring.rotate(id);
    verifier.counts.reset();
    const verdicts = await Promise.all(Array.from({ length: 100 }, () => verifier.keyring.verify(rotated.token)));
    expect(verdicts.every(({ ok }) => ok)).toBe(true);
    expect(verifier.counts.calls).toEqual({ ...NO_CALLS, find: 1 });
    await verifier.keyring.verify(rotated.token);
    expect(verifier.counts.calls.find).toBe(1);
  });

  it("but what it finds is not kept of a keyring that was closed meanwhile, whenever that was", async () => {
    for (let turns = 0; turns < 20; turns += 1) {
      const { manager, verifier, id, token } = await openNeighbours();
      await verifier.keyring.verify(token);
      const second = await manager.keyring.rotate(id, { overlap: 0 });
      const asked = verifier.keyring.verify(second.token).catch(() => undefined);
      for (let turn = 0; turn < turns; turn += 1) await Promise.resolve();
      await verifier.keyring.close();
      await asked;
      await manager.keyring.revoke(id);
      expect((await rejectionOf(() => verifier.keyring.verify(second.token))).code).toBe("store_unavailable");
    }
  });

  it("also where the verify joined a read that began before the rotation", async () => {
    const slow = slowReads(memoryStore());
    const { manager, verifier, id, token } = await openNeighbours(slow.store);
    const letGo = slow.slowNext();
    const before = verifier.keyring.verify(token);
    const rotated = await manager.keyring.rotate(id);
    const after = verifier.keyring.verify(rotated.token);
    letGo();
    expect((await before).ok).toBe(true);
    expect((await after).ok).toBe(true);
  });

  it("also while someone else's second look is under way, which began before the rotation", async () => {
    const slow = slowReads(memoryStore());
    const { manager, verifier, id, token } = await openNeighbours(slow.store);
    await verifier.keyring.verify(token);
    const letGo = slow.slowNext();
    const guess = verifier.keyring.verify(formatToken("acme_live", id, "W".repeat(32)));
    await new Promise(setImmediate);
    const rotated = await manager.keyring.rotate(id);
    expect((await verifier.keyring.verify(rotated.token)).ok).toBe(true);
    letGo();
    expect((await guess).ok).toBe(false);
    expect((await verifier.keyring.verify(rotated.token)).ok).toBe(true);
  });

  it("one that is nobody's costs one read, as without a cache, and none where the key has ended or there is none", async () => {
    const { manager, verifier, id, token } = await openNeighbours();
    const wrong = formatToken("acme_live", id, "W".repeat(32));
    const reads = async (presented: string): Promise<number> => {
      verifier.counts.reset();
      expect(await verifier.keyring.verify(presented)).toEqual({ ok: false, code: "unknown" });
      return verifier.counts.total();
    };
    expect(await reads(wrong)).toBe(1);
    expect((await verifier.keyring.verify(token)).ok).toBe(true);
    expect(await reads(wrong)).toBe(1);
    await manager.keyring.revoke(id);
    expect(await reads(wrong)).toBe(1);
    expect(await reads(wrong)).toBe(0);
    const nobodys = formatToken("acme_live", "0".repeat(16), "W".repeat(32));
    expect(await reads(nobodys)).toBe(1);
    expect(await reads(nobodys)).toBe(0);
  });

  it("trouble with that read is trouble, and no verdict", async () => {
    let isDown = false;
    const inner = memoryStore();
    const find: Store["find"] = (...asked) => (isDown ? Promise.reject(new Error("down")) : inner.find(...asked));
    const { verifier, id, token } = await openNeighbours({ ...inner, find });
    await verifier.keyring.verify(token);
    isDown = true;
    const wrong = formatToken("acme_live", id, "W".repeat(32));
    expect(await rejectionOf(() => verifier.keyring.verify(wrong))).toMatchObject({ code: "store_unavailable" });
    expect((await verifier.keyring.verify(token)).ok).toBe(true);
  });
});
