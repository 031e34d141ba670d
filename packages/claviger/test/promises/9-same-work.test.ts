import { formatToken } from "@claviger/core";
import { describe, expect, it, vi } from "vitest";
import { onEachStore } from "../support/on-each-store.js";
import { openWorld, type World } from "../support/open-world.js";
import { unheard } from "../support/unheard.js";

const counted = vi.hoisted(() => ({ digests: 0, compares: 0 }));

vi.mock("../../../core/src/digest/sha256.node.js", async (original) => {
  const real = await original<typeof import("../../../core/src/digest/sha256.node.js")>();
  const counting = (digest: (text: string) => string) => (text: string) => {
    counted.digests += 1;
    return digest(text);
  };
  return {
    ...real,
    sha256: counting(real.sha256),
    sha256Binary: counting(real.sha256Binary),
    hmacSha256: (secret: Uint8Array) => counting(real.hmacSha256(secret)),
  };
});

vi.mock("../../../core/src/digest/constant-time.js", async (original) => {
  const real = await original<typeof import("../../../core/src/digest/constant-time.js")>();
  return {
    equalConstantTime: (...given: Parameters<typeof real.equalConstantTime>) => {
      counted.compares += 1;
      return real.equalConstantTime(...given);
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
  "of a tenant that is off": async (world) => {
    const keys = world.keyring.tenant("switched off");
    await keys.settings.update({ enabled: false });
    return (await keys.create({ owner: "user_1", name: "A key" })).token;
  },
  "of an owner who is suspended": async (world) => {
    await world.keyring.owners.suspend("user_2");
    return (await world.keyring.create({ owner: "user_2", name: "A key" })).token;
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
      3,
    ],
    ["without peppers", { peppers: [] }, 1],
  ])("promise 9: %s", (_, options, digests) => {
    async function workOf({ keyring, counts }: World, token: string): Promise<{ code: string; work: object }> {
      counts.reset();
      counted.digests = 0;
      counted.compares = 0;
      const verdict = await keyring.verify(token);
      await keyring.flush();
      const { find: finds, "settings.get": settings, "owners.read": owners } = counts.calls;
      const gates = { settings, owners };
      return { code: verdict.ok ? "ok" : verdict.code, work: { ...counted, finds, gates, calls: counts.total() } };
    }

    it.each(Object.entries(SITUATIONS))(
      "%s: one look-up, as many digests and compares as any other; gates are read for who has the secret, and once",
      async (_name, arrange) => {
        const world = openWorld(unheard(createStore()), options);
        const token = await arrange(world);
        // A process that knows nothing of any tenant or owner yet.
        const fresh = openWorld(world.store, options);
        fresh.clock.set(world.clock.now());
        const [cold, warm] = [await workOf(fresh, token), await workOf(fresh, token)];
        const known = cold.code === "unknown" ? 0 : 1;
        expect(cold.code).not.toBe("ok");
        expect(cold.work).toEqual({
          digests,
          compares: 2,
          finds: 1,
          gates: { settings: known, owners: known },
          calls: 1 + 2 * known,
        });
        expect(warm).toEqual({
          code: cold.code,
          work: { digests, compares: 2, finds: 1, gates: { settings: 0, owners: 0 }, calls: 1 },
        });
      },
    );

    it.each([
      ["is past its end", async (world: World) => world.clock.advance(3_600_000)],
      ["is the suspended owner's", (world: World) => world.keyring.owners.suspend("user_1")],
      [
        "is the switched off tenant's",
        (world: World) => world.keyring.tenant("default").settings.update({ enabled: false }),
      ],
    ])("a key that was in use until it %s: as many digests and compares as any other", async (_name, end) => {
      const world = openWorld(unheard(createStore()), options);
      const { key, token } = await issue(world);
      for (let round = 0; round < 3; round += 1) expect((await world.keyring.verify(token)).ok).toBe(true);
      await end(world);
      world.clock.advance(5_000);
      for (let round = 0; round < 2; round += 1) {
        const { work } = await workOf(world, token);
        expect(work).toMatchObject({ digests, compares: 2, finds: 1 });
        expect((await workOf(world, wrongFor(key.id))).work).toMatchObject({ digests, compares: 2, finds: 1 });
      }
      await world.keyring.owners.resume("user_1");
      await world.keyring.tenant("default").settings.update({ enabled: true });
    });
  });
});
