import { describe, expect, it } from "vitest";
import { onEachServer } from "./on-each-server.js";
import type { World } from "./world.js";

const DAY_MS = 86_400_000;

/** Makes a token that verifies no more, or never did. */
const REFUSED: { readonly [kind: string]: (world: World) => Promise<string> } = {
  "of a bad shape": async () => "acme_live_nonsense",
  "with one character changed": async ({ issue }) => {
    const token = await issue();
    return token.slice(0, -1) + (token.endsWith("0") ? "1" : "0");
  },
  unknown: async ({ stranger }) => (await stranger.create({ owner: "user_1", name: "elsewhere" })).token,
  "with a wrong secret": async ({ keyring }) => {
    const { key, token } = await keyring.create({ owner: "user_1", name: "rotated" });
    await keyring.rotate(key.id, { overlap: 0 });
    return token;
  },
  "under a wrong prefix": async ({ otherPrefix }) =>
    (await otherPrefix.create({ owner: "user_1", name: "other" })).token,
  pending: async ({ clock, issue }) => issue({ notBefore: clock.now() + DAY_MS }),
  disabled: async ({ keyring }) => {
    const { key, token } = await keyring.create({ owner: "user_1", name: "disabled" });
    await keyring.disable(key.id);
    return token;
  },
  expired: async ({ clock, issue }) => {
    const token = await issue({ expiresIn: "1d" });
    clock.advance(DAY_MS);
    return token;
  },
  revoked: async ({ keyring }) => {
    const { key, token } = await keyring.create({ owner: "user_1", name: "revoked" });
    await keyring.revoke(key.id);
    return token;
  },
  compromised: async ({ keyring }) => {
    const { key, token } = await keyring.create({ owner: "user_1", name: "leaked" });
    await keyring.revoke(key.id, { leaked: true });
    return token;
  },
  deleted: async ({ keyring }) => {
    const { key, token } = await keyring.create({ owner: "user_1", name: "deleted" });
    await keyring.delete(key.id);
    return token;
  },
  "of a tenant that is switched off": async ({ keyring }) => {
    const tenant = keyring.tenant("t_off");
    const { token } = await tenant.create({ owner: "user_1", name: "switched off" });
    await tenant.settings.update({ enabled: false });
    return token;
  },
  "of a suspended owner": async ({ keyring }) => {
    const { token } = await keyring.create({ owner: "user_2", name: "suspended" });
    await keyring.owners.suspend("user_2");
    return token;
  },
  "of a key whose digest is corrupt": async ({ issue, corrupt }) => {
    const token = await issue();
    corrupt();
    return token;
  },
};

const FEW = { failedAttempts: { limit: 2, per: "1h" } } as const;

describe("promise 9, KF-5, KF-28 every refused token gets the same answer, byte for byte", () => {
  it.each(["Authorization: Bearer", "X-API-Key:"])("by %s", async (header) => {
    const answers = new Map<string, unknown>();
    for (const [kind, make] of Object.entries(REFUSED)) {
      const { responses, handled } = await onEachServer(
        ({ keyring }) => [{ auth: keyring }],
        async (world, send) => send([`${header} ${await make(world)}`]),
      );
      expect(handled, kind).toBe(0);
      answers.set(kind, responses[0]);
    }
    const [answer] = answers.values();
    expect(answer).toMatchObject({
      status: 401,
      headers: { "www-authenticate": 'Bearer realm="api", error="invalid_token"', "cache-control": "no-store" },
    });
    for (const [kind, other] of answers) expect(other, kind).toEqual(answer);
  });

  it("whatever the route requires", async () => {
    const { responses } = await onEachServer(
      ({ keyring }) => [
        { auth: keyring, options: { scopes: ["payments:send"], cost: 7, resources: { account: "A" } } },
      ],
      async (world, send) => {
        for (const make of [REFUSED.disabled, REFUSED.revoked, REFUSED["of a bad shape"]])
          await send([`X-API-Key: ${await make?.(world)}`]);
      },
    );
    expect(responses[1]).toEqual(responses[0]);
    expect(responses[2]).toEqual(responses[0]);
    expect(responses[0]?.status).toBe(401);
  });

  it("once too many have failed, too", async () => {
    const answers = new Map<string, unknown>();
    for (const [kind, make] of Object.entries(REFUSED)) {
      const { responses } = await onEachServer(
        ({ keyring }) => [{ auth: keyring, options: FEW }],
        async (world, send) => {
          const token = await make(world);
          for (let sent = 0; sent < 3; sent += 1) await send([`X-API-Key: ${token}`]);
        },
      );
      expect(
        responses.map(({ status }) => status),
        kind,
      ).toEqual([401, 401, 429]);
      answers.set(kind, responses[2]);
    }
    const [answer] = answers.values();
    for (const [kind, other] of answers) expect(other, kind).toEqual(answer);
  });
});
