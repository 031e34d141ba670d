import assert from "node:assert/strict";
import {
  type KeyRecord,
  type Limit,
  MAX_CIDRS,
  MAX_LIMIT,
  MAX_LIMITS,
  MAX_METADATA_BYTES,
  MAX_NAME_LENGTH,
  MAX_OWNER_LENGTH,
  MAX_PERIOD_MS,
  MAX_REASON_LENGTH,
  MAX_RESOURCE_KIND_LENGTH,
  MAX_RESOURCE_KINDS,
  MAX_RESOURCE_LENGTH,
  MAX_RESOURCES,
  MAX_SCOPE_LENGTH,
  MAX_SCOPES,
  MAX_TENANT_LENGTH,
  MAX_TIME_MS,
} from "@claviger/core";
import { listed } from "../eventually.js";
import { AMPLE, asStored, changed, changeOf, findOne, freshId, NOW_MS, sampleKey } from "../samples.js";
import type { Suite } from "../suite.js";
import { eventsOf } from "../walk-events.js";
import { listAll } from "../walk-list.js";

// Three bytes of UTF-8 for each code unit: the most that a bounded text can weigh.
const wide = (length: number, distinct = ""): string => distinct + "€".repeat(length - distinct.length);

const many = <T>(count: number, item: (index: number) => T): T[] => Array.from({ length: count }, (_, i) => item(i));

const cidrs = (head: string): string[] =>
  many(MAX_CIDRS, (i) => `${head}:ffff:ffff:ffff:ffff:ffff:ffff:${1000 + i}/128`);

const limits = many(MAX_LIMITS, (index): Limit => {
  const name = `limit${index}`.padEnd(32, "_");
  return { name, kind: "rate", limit: MAX_LIMIT, per: MAX_PERIOD_MS, algorithm: "fixed" };
});

// As many kinds as there can be, each with as many resources as there can be and one of the longest; the lengths of the
// others are what MAX_RESOURCES_BYTES leaves.
const resources = Object.fromEntries(
  many(MAX_RESOURCE_KINDS, (kind) => [
    `kind${kind}`.padEnd(MAX_RESOURCE_KIND_LENGTH, "x"),
    { allow: many(MAX_RESOURCES, (index) => `${index}`.padEnd(30, "x")), deny: [wide(MAX_RESOURCE_LENGTH)] },
  ]),
);

function largestKey(): KeyRecord {
  return sampleKey({
    tenant: wide(MAX_TENANT_LENGTH, freshId()),
    owner: wide(MAX_OWNER_LENGTH),
    name: wide(MAX_NAME_LENGTH),
    scopes: many(MAX_SCOPES, (index) => `s${index}:`.padEnd(MAX_SCOPE_LENGTH, "x")),
    limits,
    restrictions: { ip: { allow: cidrs("2001"), deny: cidrs("2002") }, resources },
    metadata: { text: "x".repeat(MAX_METADATA_BYTES - '{"text":""}'.length) },
    createdAt: MAX_TIME_MS,
    createdBy: wide(MAX_OWNER_LENGTH),
    updatedAt: MAX_TIME_MS,
    expiresAt: MAX_TIME_MS,
    notBefore: 0,
  });
}

export function insertAtBounds({ it, createStore }: Suite): void {
  it("a key with every field at its bound is stored, found, listed and changed, with an event that tells of it", async () => {
    const store = await createStore();
    const key = largestKey();
    const { tenant, owner, scopes, metadata } = key;
    const data = { scopes, metadata, resources };
    const created = { ...changeOf(key, "key.created"), reason: wide(MAX_REASON_LENGTH), data };
    assert.deepEqual(await store.insert(key, AMPLE, created), { outcome: "inserted" });
    assert.deepEqual(await findOne(store, key.id), asStored(key));
    const next = changed(key, { name: "x".repeat(MAX_NAME_LENGTH), updatedAt: MAX_TIME_MS });
    const updated = { ...changeOf(next, "key.updated"), data: { from: data, to: data } };
    assert.deepEqual(await store.replace(next, key.version, updated), { outcome: "replaced" });
    assert.deepEqual(await findOne(store, key.id), asStored(next));
    assert.deepEqual(
      await eventsOf(store, key),
      [created, updated].toSorted((a, b) => (a.id < b.id ? -1 : 1)),
    );
    const query = { tenant, owner, order: "newest", limit: 100, nowMs: NOW_MS } as const;
    await listed(store, async () => assert.deepEqual(await listAll(store, query), [asStored(next)]));
  });
}
