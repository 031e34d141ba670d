import assert from "node:assert/strict";
import {
  type Charge,
  type ChargeResult,
  type ConsumeIfUnchanged,
  type FoundCharge,
  type KeyRecord,
  type Limit,
  type Store,
  type UsedKeyRecord,
  unreachable,
} from "@claviger/core";
import { consumeOne, credits, usedOf } from "./charge-sample.js";
import { findOne, insertSample, NOW_MS } from "./samples.js";
import type { StoreUnderTest, Suite } from "./suite.js";

/** The subject, and the form of its `consume` that is tested. */
export interface WithIfUnchanged {
  readonly store: Store;
  readonly subject: StoreUnderTest;
  /** Of one request: its result, or null. */
  readonly charge: (request: FoundCharge) => Promise<ChargeResult | null>;
  readonly ifUnchanged: ConsumeIfUnchanged;
}

/**
 * Declares tests of charges of keys as they were found; of a store that has none, each asserts that it does not have them by
 * another spelling either, under which nobody would look.
 */
export function whereIfUnchanged({
  it,
  createSubject,
}: Suite): (title: string, body: (given: WithIfUnchanged) => Promise<void>) => void {
  return (title, body) =>
    it(`consume.ifUnchanged: ${title}; where there is none, there is none of a like name`, async () => {
      const subject = await createSubject();
      const { store } = subject;
      const { ifUnchanged } = store.consume;
      if (ifUnchanged !== undefined)
        return body({ store, subject, ifUnchanged, charge: (request) => chargeOne(ifUnchanged, request) });
      const alike = [...Object.keys(store), ...Object.keys(store.consume)].filter((name) => /unchanged/i.test(name));
      return assert.deepEqual(alike, []);
    });
}

/** What became of one request. */
export async function chargeOne(ifUnchanged: ConsumeIfUnchanged, request: FoundCharge): Promise<ChargeResult | null> {
  const results = await ifUnchanged([request], NOW_MS);
  assert.equal(results.length, 1);
  return results[0] ?? null;
}

/** What was admitted, and what is used since. */
export function spent(result: ChargeResult | null): readonly [number, readonly (number | null)[]] | null {
  return result && [result.admitted, usedOf(result.meters)];
}

const LIMITS: readonly Limit[] = [{ name: "credits", kind: "credits", limit: 100 }];

/** A limited key on which one unit of {@link credits} was spent, and its record. */
export async function insertSpentOn(store: Store, given: Partial<KeyRecord> = {}): Promise<KeyRecord> {
  const key = await insertSample(store, { limits: LIMITS, ...given });
  const { admitted } = await consumeOne(store, { ...ownOf(key), charges: [credits(100)], units: 1 });
  assert.equal(admitted, 1);
  return key;
}

/** A charge of a key as it is found now. */
export async function foundCharge(
  store: Store,
  key: KeyRecord,
  charges: readonly Charge[] = [credits(100)],
): Promise<FoundCharge> {
  return { ...ownOf(key), charges, units: 1, asFound: await foundKey(store, key.id) };
}

async function foundKey(store: Store, id: string): Promise<UsedKeyRecord> {
  const key = await findOne(store, id);
  switch (key?.state) {
    case "active":
    case "disabled":
    case "revoked":
    case "compromised":
      return key;
    case "destroyed":
    case undefined:
      throw new Error("there is no such key");
    default:
      return unreachable(key);
  }
}

function ownOf({ id, tenant }: KeyRecord): { readonly tenant: string; readonly keyId: string } {
  return { tenant, keyId: id };
}
