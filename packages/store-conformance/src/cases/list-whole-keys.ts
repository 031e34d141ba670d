import assert from "node:assert/strict";
import type { KeyRecord } from "@claviger/core";
import { listed } from "../eventually.js";
import { findOne, insertSample, NOW_MS } from "../samples.js";
import type { Suite } from "../suite.js";
import { usageOf } from "../usage-sample.js";
import { listAll } from "../walk-list.js";

/** Something in every field that has a default. */
const FULL: Partial<KeyRecord> = {
  state: "disabled",
  owner: "anna",
  name: "Invoice export",
  scopes: ["a:read", "b:*"],
  limits: [{ name: "month", kind: "quota", limit: 7, refill: "month", timeZone: "Europe/Berlin" }],
  restrictions: { ip: { allow: ["10.0.0.0/8"] }, resources: { account: { deny: ["x"] } } },
  metadata: { z: [1], a: null },
  createdAt: NOW_MS - 5,
  createdBy: "bert",
  updatedAt: NOW_MS - 4,
  expiresAt: NOW_MS + 9,
  notBefore: NOW_MS - 3,
  version: 8,
  secretVersion: 7,
  digest: { alg: "hmac-sha256", pepperId: "p", hex: "f".repeat(64) },
  rotation: {
    previous: { alg: "hmac-sha256", pepperId: "q", hex: "e".repeat(64) },
    previousSecretVersion: 3,
    startedAt: NOW_MS - 2,
    previousEndsAt: NOW_MS + 8,
    previousExpiresAt: NOW_MS + 10,
  },
};

export function listWholeKeys({ it, createStore }: Suite): void {
  it("list shows keys whole: with something in every field they are deep-equal to what find gives", async () => {
    const store = await createStore();
    const key = await insertSample(store, FULL);
    await store.recordUsage([usageOf(key, { lastUsedAt: NOW_MS - 1 })]);
    const expected = { ...key, lastUsedAt: NOW_MS - 1 };
    assert.deepEqual(await findOne(store, key.id), expected);
    const query = { tenant: key.tenant, order: "newest", limit: 10, nowMs: NOW_MS } as const;
    await listed(store, async () => assert.deepEqual(await listAll(store, query), [expected]));
  });
}
