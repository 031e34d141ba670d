import type { UsedKeyRecord } from "../src/key/key-record.js";
import type { ListedStatus } from "../src/key/key-state.js";

/** Midsummer 2026, noon: the time of tests that need one. */
export const NOW: number = Date.UTC(2026, 5, 21, 12);
export const DAY_MS = 86_400_000;

/** An ordinary key: created a day before {@link NOW}, active, ends in 90 days. */
export function aKey(differing: Partial<UsedKeyRecord> = {}): UsedKeyRecord {
  return {
    state: "active",
    id: "Ab3dEfGh1jKlMn0p",
    tenant: "t_1",
    owner: "user_1",
    name: "Invoice export",
    scopes: ["invoices:read"],
    limits: [],
    restrictions: {},
    metadata: { team: "billing" },
    createdAt: NOW - DAY_MS,
    createdBy: "system",
    updatedAt: NOW - DAY_MS,
    expiresAt: NOW + 90 * DAY_MS,
    notBefore: null,
    version: 3,
    secretVersion: 2,
    digest: { alg: "sha256", hex: "a".repeat(64) },
    rotation: null,
    head: null,
    lastUsedAt: null,
    ...differing,
  };
}

/** Every way to be in a status at {@link NOW}. */
export const KEYS_BY_STATUS: { readonly [Status in ListedStatus]: readonly UsedKeyRecord[] } = {
  active: [aKey(), aKey({ expiresAt: null }), aKey({ notBefore: NOW })],
  pending: [aKey({ notBefore: NOW + 1 })],
  disabled: [aKey({ state: "disabled" }), aKey({ state: "disabled", notBefore: NOW + DAY_MS })],
  expired: [aKey({ expiresAt: NOW }), aKey({ state: "disabled", expiresAt: NOW - 1 })],
  revoked: [aKey({ state: "revoked" }), aKey({ state: "revoked", expiresAt: NOW - 1 })],
  compromised: [aKey({ state: "compromised" }), aKey({ state: "compromised", expiresAt: NOW - 1 })],
};
