import assert from "node:assert/strict";
import { createHmac } from "node:crypto";
import { formatToken, type KeyRecord } from "@claviger/core";
import fc from "fast-check";
import { FORMER } from "../processes/caller.js";
import { AMPLE, changeOf, freshId, NOW_MS } from "../samples.js";
import type { Suite } from "../suite.js";
import { insist, outcomeOf, underFaults } from "./faulty-world.js";

const SECRET = "0123456789abcdefghijklmnopqrstuv";

/** A row as the first release wrote it: never to be changed. Its digest is made by Node's own HMAC, not by core's. */
function rowOfOld(id: string, token: string): KeyRecord {
  return {
    state: "active",
    id,
    tenant: "default",
    owner: `owner ${id}`,
    name: "From the first release",
    scopes: ["invoices:*"],
    limits: [{ name: "burst", kind: "rate", limit: 1_000, per: 60_000, algorithm: "gcra" }],
    restrictions: { ip: { allow: ["10.0.0.0/8"] } },
    metadata: { team: "billing" },
    createdAt: NOW_MS,
    createdBy: "system",
    updatedAt: NOW_MS,
    expiresAt: NOW_MS + 86_400_000,
    notBefore: null,
    version: 1,
    secretVersion: 1,
    digest: {
      alg: "hmac-sha256",
      pepperId: FORMER.id,
      hex: createHmac("sha256", FORMER.secret).update(token).digest("hex"),
    },
    rotation: null,
    head: null,
  };
}

export function rowsOfOld(suite: Suite): void {
  underFaults(
    suite,
    "promise 6, under faults: a row that the first release wrote verifies, whatever its way into the store was",
    fc.constant(undefined),
    async (world) => {
      const { line, store, sound } = world;
      const id = freshId();
      const token = formatToken("kit_test", id, SECRET);
      const row = rowOfOld(id, token);
      const event = changeOf(row, "key.created");
      await line.insert(row, AMPLE, event).catch(() => undefined);
      assert.deepEqual(await store.insert(row, AMPLE, event), { outcome: "inserted" });
      const request = { scopes: ["invoices:read"], ip: "10.1.2.3" };
      const outcome = await insist(world, async (keyring) => {
        const verdict = await keyring.verify(token, request);
        assert.ok(verdict.ok, "it is accepted, by whichever process");
      });
      assert.equal(outcome, "ok");
      await world.settle();
      assert.equal(await outcomeOf(sound.get(id)), "ok");
      assert.ok((await sound.verify(token, request)).ok, "also once it was rehashed");
    },
  );
}
