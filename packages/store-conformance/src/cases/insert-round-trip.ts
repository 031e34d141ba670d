import assert from "node:assert/strict";
import type { KeyRecord, Limit, Restrictions, StoredDigest } from "@claviger/core";
import fc from "fast-check";
import { jsonObject, text, time } from "../arbitraries.js";
import { asStored, findOne, freshId, insertSample, NOW_MS } from "../samples.js";
import type { Suite } from "../suite.js";

const digest: fc.Arbitrary<StoredDigest> = fc
  .tuple(fc.option(fc.stringMatching(/^[A-Za-z0-9_-]{1,32}$/)), fc.stringMatching(/^[0-9a-f]{64}$/))
  .map(([pepperId, hex]) => (pepperId === null ? { alg: "sha256", hex } : { alg: "hmac-sha256", pepperId, hex }));

const plain = { noNullPrototype: true } as const;

const rotation = fc.record(
  {
    previous: digest,
    previousSecretVersion: fc.integer({ min: 1, max: 2 ** 31 }),
    startedAt: time,
    previousEndsAt: time,
    previousExpiresAt: fc.option(time),
  },
  plain,
);

const fields = {
  state: fc.constantFrom("active", "disabled", "revoked", "compromised"),
  tenant: text(40),
  owner: text(40),
  name: text(40),
  scopes: fc.array(fc.stringMatching(/^[a-z][a-z0-9:*._-]{0,20}$/), { maxLength: 5 }),
  limits: fc.constantFrom<readonly Limit[]>(
    [],
    [{ name: "burst", kind: "rate", limit: 100, per: 60_000, algorithm: "gcra" }],
    [
      { name: "month", kind: "quota", limit: 1_000_000_000_000, refill: "month", timeZone: "Europe/Berlin" },
      { name: "credits", kind: "credits", limit: 0 },
    ],
  ),
  restrictions: fc.constantFrom<Restrictions>(
    {},
    { ip: { allow: ["10.0.0.0/8"] }, resources: { account: { deny: ["DE89 ä", ""] } } },
  ),
  metadata: jsonObject,
  createdAt: time,
  createdBy: text(20),
  updatedAt: time,
  expiresAt: fc.option(time),
  notBefore: fc.option(time),
  version: fc.integer({ min: 1, max: 2 ** 31 }),
  secretVersion: fc.integer({ min: 1, max: 2 ** 31 }),
  digest,
  rotation: fc.option(rotation),
  head: fc.option(fc.stringMatching(/^[0-9a-f]{64}$/)),
} satisfies { readonly [Field in keyof Omit<KeyRecord, "id">]: fc.Arbitrary<KeyRecord[Field]> };

const key: fc.Arbitrary<Omit<KeyRecord, "id">> = fc.record(fields, plain);

export function insertRoundTrip({ it, createStore }: Suite): void {
  it("a key comes back deep-equal, whatever Unicode and JSON it holds", async () => {
    const store = await createStore();
    await fc.assert(
      fc.asyncProperty(key, async (given) => {
        const inserted = await insertSample(store, { ...given, id: freshId() });
        assert.deepEqual(await findOne(store, inserted.id), asStored(inserted));
      }),
    );
  });

  it("metadata keeps the order of its names, numbers to the last bit, and names that mean something elsewhere", async () => {
    const store = await createStore();
    const given = {
      z: 1,
      a: [0.1, 1e21, 5e-324, 2 ** 53],
      "": "",
      toString: { hasOwnProperty: null },
      "10": 1,
      "9": 2,
    };
    const { id } = await insertSample(store, { metadata: given, createdAt: NOW_MS });
    const found = await findOne(store, id);
    assert.ok(found !== undefined && found.state !== "destroyed");
    assert.equal(JSON.stringify(found.metadata), JSON.stringify(given));
  });
}
