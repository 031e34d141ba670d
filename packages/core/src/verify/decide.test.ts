import { describe, expect, it } from "vitest";
import { aKey, KEYS_BY_STATUS, NOW } from "../../test/a-key.js";
import type { UsedKeyRecord } from "../key/key-record.js";
import { defineScopes } from "../scope/define-scopes.js";
import { decide } from "./decide.js";
import type { Gates } from "./gates.js";
import type { CheckedRequest } from "./read-verify-request.js";
import { ReadyKey } from "./ready-key.js";
import type { Denied } from "./verdict.js";

const catalogue = defineScopes({ invoices: ["read", "write"] });
const NOTHING_ASKED: CheckedRequest = {
  scopes: [],
  ip: undefined,
  resources: undefined,
  cost: 1,
  tenant: undefined,
  client: undefined,
};
const OPEN: Gates = { tenantEnabled: true, ownerSuspended: false, ownerLimits: [], tenantLimits: [] };

function decideOn(
  key: UsedKeyRecord,
  request: Partial<CheckedRequest> = {},
  gates: Partial<Gates> = {},
): Denied | undefined {
  return decide(new ReadyKey(key), { ...OPEN, ...gates }, catalogue, { ...NOTHING_ASKED, ...request }, NOW);
}

describe("the status", () => {
  it.each(KEYS_BY_STATUS.active)("active: it may (%#)", (key) => {
    expect(decideOn(key)).toBeUndefined();
  });

  it.each(Object.entries(KEYS_BY_STATUS).filter(([status]) => status !== "active"))(
    "%s: denied with that code",
    (status, keys) => {
      for (const key of keys) expect(decideOn(key)).toEqual({ ok: false, code: status, keyId: key.id });
    },
  );

  it("dates that are none fail closed", () => {
    expect(decideOn(aKey({ expiresAt: Number.NaN }))).toMatchObject({ code: "expired" });
    expect(decideOn(aKey({ notBefore: Number.NaN }))).toMatchObject({ code: "pending" });
  });
});

describe("the gates", () => {
  it.each(Object.entries(KEYS_BY_STATUS))("a key that is %s is as good as its tenant and its owner", (_, keys) => {
    for (const key of keys) {
      expect(decideOn(key, {}, { tenantEnabled: false })).toEqual({
        ok: false,
        code: "tenant_disabled",
        keyId: key.id,
      });
      expect(decideOn(key, {}, { ownerSuspended: true })).toEqual({
        ok: false,
        code: "owner_suspended",
        keyId: key.id,
      });
    }
  });
});

describe("the order of precedence: tenant, owner, status, restrictions, scopes", () => {
  const restrictions = { ip: { allow: ["10.0.0.0/8"] }, resources: { account: { allow: ["DE89"] } } };
  const active = aKey({ restrictions, scopes: [] });
  const revoked = { ...active, state: "revoked" } as const;
  const asking = { scopes: ["invoices:write"], tenant: "t_2" };
  const fitting = { scopes: ["invoices:write"], ip: "10.1.1.1", resources: { account: "DE89" } };

  it.each([
    ["tenant_disabled", revoked, asking, { tenantEnabled: false, ownerSuspended: true }],
    ["owner_suspended", revoked, asking, { ownerSuspended: true }],
    ["revoked", revoked, asking, {}],
    ["restricted", active, asking, {}],
    ["restricted", active, { ip: "10.1.1.1" }, {}],
    ["restricted", active, { resources: { account: "DE89" } }, {}],
    ["restricted", { ...active, restrictions: {} }, { tenant: "t_2" }, {}],
    ["insufficient_scope", active, fitting, {}],
    ["insufficient_scope", active, { ...fitting, resources: "later" }, {}],
  ] as const)("%s", (code, key, request, gates) => {
    expect(decideOn(key, request, gates)).toMatchObject({ ok: false, code, keyId: key.id });
  });

  it("names the scopes that are missing, and only those", () => {
    const key = aKey({ scopes: ["invoices:read"] });
    expect(decideOn(key, { scopes: ["invoices:read", "invoices:write"] })).toEqual({
      ok: false,
      code: "insufficient_scope",
      keyId: key.id,
      missingScopes: ["invoices:write"],
    });
  });

  it("lets pass who names the tenant, the address and the resource that the key is for", () => {
    const request = { tenant: "t_1", ip: "10.1.1.1", resources: { account: "DE89" }, scopes: ["invoices:read"] };
    expect(decideOn({ ...active, scopes: ["invoices:read"] }, request)).toBeUndefined();
  });
});
