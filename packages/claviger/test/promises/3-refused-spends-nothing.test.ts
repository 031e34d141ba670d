import { formatToken, type VerifyRequest } from "@claviger/core";
import { NO_CALLS } from "@claviger/testing";
import { describe, expect, it } from "vitest";
import type { IssuedKey } from "../../src/keyring.js";
import { onEachStore, usePostgres } from "../support/on-each-store.js";
import { openWorld, type World } from "../support/open-world.js";

const HOUR_MS = 3_600_000;
const ONE_FIND = { ...NO_CALLS, find: 1 };
/** Of who has shown the secret, the tenant's settings and the owner's standing are read besides, as they are not known yet. */
const WITH_GATES = { ...ONE_FIND, "settings.get": 1, "owners.read": 1 };

type Refusal = (world: World, issued: IssuedKey) => Promise<{ token?: unknown; request?: VerifyRequest }>;

const REFUSALS: { readonly [code: string]: { readonly [situation: string]: Refusal } } = {
  malformed: {
    "no token": async () => ({ token: "hello" }),
    "a damaged checksum": async (_, { token }) => ({ token: `${token.slice(0, -1)}-` }),
    "another's prefix": async (_, { key }) => ({ token: formatToken("other_live", key.id, "S".repeat(32)) }),
    "a request that is none": async () => ({ request: { cost: 0 } }),
  },
  unknown: {
    "no such key": async () => ({ token: formatToken("acme_live", "0".repeat(16), "S".repeat(32)) }),
    "a wrong secret": async (_, { key }) => ({ token: formatToken("acme_live", key.id, "S".repeat(32)) }),
    "a deleted key": async ({ keyring }, { key }) => keyring.delete(key.id).then(() => ({})),
    "the secret before a rotation": async ({ keyring }, { key }) =>
      keyring.rotate(key.id, { overlap: 0 }).then(() => ({})),
  },
  pending: {
    "before notBefore": async ({ keyring, clock }, { key }) =>
      keyring.update(key.id, { notBefore: clock.now() + 1 }).then(() => ({})),
  },
  expired: {
    "past its end": async ({ clock }) => {
      clock.advance(2 * HOUR_MS);
      return {};
    },
  },
  disabled: { "KF-5 disabled": async ({ keyring }, { key }) => keyring.disable(key.id).then(() => ({})) },
  revoked: { "QL-14 revoked": async ({ keyring }, { key }) => keyring.revoke(key.id).then(() => ({})) },
  compromised: { leaked: async ({ keyring }, { key }) => keyring.revoke(key.id, { leaked: true }).then(() => ({})) },
  restricted: {
    "another address": async () => ({ request: { ip: "11.0.0.1" } }),
    "no address": async () => ({ request: {} }),
    "another tenant's": async () => ({ request: { ip: "10.0.0.1", tenant: "t_2" } }),
  },
  insufficient_scope: {
    "KF-12 a scope that it lacks": async () => ({ request: { ip: "10.0.0.1", scopes: ["payments:send"] } }),
  },
};

const cases = Object.entries(REFUSALS).flatMap(([code, situations]) =>
  Object.entries(situations).map(([situation, refuse]) => ({ code, situation, refuse })),
);

onEachStore((createStore) => {
  describe("promise 3: a refused request", () => {
    it.each(cases)("$code ($situation) costs one look-up at most, and touches no meter", async ({ code, refuse }) => {
      const world = openWorld(createStore());
      const issued = await world.keyring.create({
        owner: "user_1",
        name: "A key",
        expiresIn: "2h",
        scopes: ["invoices:read"],
        restrictions: { ip: { allow: ["10.0.0.0/8"] } },
        limits: [
          { name: "burst", kind: "rate", limit: 2, per: "1d" },
          { name: "budget", kind: "credits", limit: 2 },
        ],
      });
      const { token = issued.token, request = { ip: "10.0.0.1" } } = await refuse(world, issued);
      world.counts.reset();
      const verdict = await world.keyring.verify(token, request);
      await world.keyring.flush();
      expect(verdict).toMatchObject({ ok: false, code });
      expect(verdict.limits).toBeUndefined();
      const calls = code === "malformed" ? NO_CALLS : code === "unknown" ? ONE_FIND : WITH_GATES;
      expect(world.counts.calls).toEqual(calls);

      const [row] = await world.store.find([issued.key.id]);
      if (row?.state !== "active" || code === "expired" || code === "pending") return;
      expect(row.lastUsedAt).toBeNull();
      const current = situationKeepsToken(code)
        ? issued.token
        : (await world.keyring.rotate(issued.key.id, { overlap: 0 })).token;
      const admitted = await world.keyring.verify(current, { ip: "10.0.0.1" });
      expect(admitted).toMatchObject({ ok: true, limits: [{ remaining: 1 }, { remaining: 1 }] });
    });

    it("over one limit spends nothing of another", async () => {
      const { keyring } = openWorld(createStore());
      const limits = [
        { name: "budget", kind: "credits", limit: 10 },
        { name: "burst", kind: "rate", limit: 3, per: "1h" },
        { name: "month", kind: "quota", limit: 100, refill: "month" },
      ] as const;
      const { token } = await keyring.create({ owner: "user_1", name: "A key", limits });
      for (let admitted = 1; admitted <= 3; admitted += 1) expect((await keyring.verify(token)).ok).toBe(true);
      for (let refused = 0; refused < 5; refused += 1) {
        const verdict = await keyring.verify(token);
        expect(verdict).toMatchObject({
          ok: false,
          code: "rate_limited",
          limits: [{ remaining: 7 }, { remaining: 0 }, { remaining: 97 }],
        });
      }
      const dear = await keyring.verify(token, { cost: 8 });
      expect(dear).toMatchObject({
        ok: false,
        code: "quota_exceeded",
        limits: [{ remaining: 7 }, { remaining: 0 }, { remaining: 97 }],
      });
      expect(dear.ok || "retryAfterMs" in dear).toBe(false);
    });
  });
});

function situationKeepsToken(code: string): boolean {
  return code !== "unknown";
}

describe("promise 3: a failed authentication waits for no lock of the key that it names", () => {
  const { createStore, pool } = usePostgres(4);

  it("answers while another transaction holds the key and its meters", async () => {
    const { keyring } = openWorld(createStore());
    const { key, token } = await keyring.create({
      owner: "user_1",
      name: "A key",
      limits: [{ name: "c", kind: "credits", limit: 9 }],
    });
    expect((await keyring.verify(token)).ok).toBe(true);
    const holder = await pool().connect();
    try {
      await holder.query("BEGIN");
      const held = await holder.query(
        "SELECT FROM claviger.keys k, claviger.meters m WHERE k.id = m.key_id AND k.id = $1 FOR UPDATE",
        [key.id],
      );
      expect(held.rowCount).toBe(1);
      expect(await keyring.verify(formatToken("acme_live", key.id, "S".repeat(32)))).toEqual({
        ok: false,
        code: "unknown",
      });
    } finally {
      await holder.query("ROLLBACK");
      holder.release();
    }
  });
});
