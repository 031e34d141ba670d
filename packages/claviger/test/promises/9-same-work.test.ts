import { formatToken } from "@claviger/core";
import { beforeEach, describe, expect, it, vi } from "vitest";
import { onEachStore } from "../support/on-each-store.js";
import { openWorld, type World } from "../support/open-world.js";

const counted = vi.hoisted(() => ({ digests: 0, compares: 0 }));

vi.mock("../../../core/src/digest/sha256.node.js", async (original) => {
  const real = await original<typeof import("../../../core/src/digest/sha256.node.js")>();
  const counting = (digest: (text: string) => string) => (text: string) => {
    counted.digests += 1;
    return digest(text);
  };
  return { sha256: counting(real.sha256), hmacSha256: (secret: Uint8Array) => counting(real.hmacSha256(secret)) };
});

vi.mock("../../../core/src/digest/constant-time.js", async (original) => {
  const real = await original<typeof import("../../../core/src/digest/constant-time.js")>();
  return {
    equalConstantTime: (a: string, b: string) => {
      counted.compares += 1;
      return real.equalConstantTime(a, b);
    },
  };
});

type Situation = (world: World) => Promise<string>;

const issue = (world: World): Promise<{ key: { id: string }; token: string }> =>
  world.keyring.create({ owner: "user_1", name: "A key", expiresIn: "1h" });

const wrongFor = (id: string): string => formatToken("acme_live", id, "W".repeat(32));

const SITUATIONS: { readonly [name: string]: Situation } = {
  "an unknown id": async () => wrongFor("0".repeat(16)),
  "a wrong secret": async (world) => wrongFor((await issue(world)).key.id),
  "a wrong secret of a key with two": async (world) => {
    const { key } = await issue(world);
    await world.keyring.rotate(key.id);
    return wrongFor(key.id);
  },
  "a wrong secret of a revoked key": async (world) => {
    const { key } = await issue(world);
    await world.keyring.revoke(key.id);
    return wrongFor(key.id);
  },
  "a deleted key": async (world) => {
    const { key, token } = await issue(world);
    await world.keyring.delete(key.id);
    return token;
  },
  expired: async (world) => {
    const { token } = await issue(world);
    world.clock.advance(3_600_000);
    return token;
  },
  disabled: async (world) => {
    const { key, token } = await issue(world);
    await world.keyring.disable(key.id);
    return token;
  },
  revoked: async (world) => {
    const { key, token } = await issue(world);
    await world.keyring.revoke(key.id);
    return token;
  },
  compromised: async (world) => {
    const { key, token } = await issue(world);
    await world.keyring.revoke(key.id, { leaked: true });
    return token;
  },
  "the former secret after its end": async (world) => {
    const { key, token } = await issue(world);
    await world.keyring.rotate(key.id, { overlap: "1m" });
    world.clock.advance(60_000);
    return token;
  },
  "the former secret of a revoked key": async (world) => {
    const { key, token } = await issue(world);
    await world.keyring.rotate(key.id);
    await world.keyring.revoke(key.id);
    return token;
  },
};

onEachStore((createStore) => {
  describe.each([
    ["with a pepper", {}, 2],
    [
      "with three peppers",
      { peppers: [1, 2, 3].map((fill) => ({ id: `p${fill}`, secret: new Uint8Array(32).fill(fill) })) },
      2,
    ],
    ["without peppers", { peppers: [] }, 1],
  ])("promise 9: %s", (_, options, digests) => {
    beforeEach(() => {
      counted.digests = 0;
      counted.compares = 0;
    });

    it.each(Object.entries(SITUATIONS))(
      "%s: one look-up, as many digests and compares as any other",
      async (_name, arrange) => {
        const world = openWorld(createStore(), options);
        const token = await arrange(world);
        world.counts.reset();
        counted.digests = 0;
        counted.compares = 0;
        const verdict = await world.keyring.verify(token);
        await world.keyring.flush();
        expect(verdict.ok).toBe(false);
        expect({ ...counted, finds: world.counts.calls.find, calls: world.counts.total() }).toEqual({
          digests,
          compares: 2,
          finds: 1,
          calls: 1,
        });
      },
    );
  });
});
