import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { DAY_MS, NOW } from "../../test/a-key.js";
import { HOSTILE } from "../../test/hostile.js";
import { refusalOf } from "../../test/refusal.js";
import { anyScopes } from "../scope/any-scopes.js";
import { settingsOption } from "../settings/parse-settings.js";
import { newKey, parseKeyDraft } from "./create-key.js";
import type { UsedKeyRecord } from "./key-record.js";

const issuance = {
  id: "Ab3dEfGh1jKlMn0p",
  tenant: "t_1",
  createdBy: "system",
  digest: { alg: "sha256", hex: "a".repeat(64) },
} as const;

function create(input: object, settings: object = {}): UsedKeyRecord {
  const policy = { settings: settingsOption("settings", settings, anyScopes), catalogue: anyScopes };
  return newKey(parseKeyDraft({ owner: "user_1", name: "Invoice export", ...input }), issuance, policy, NOW);
}

describe("a new key", () => {
  it("DB-9 KF-11 begins with no scopes, limits, restrictions and metadata, active for 90 days at version 1", () => {
    expect(create({})).toEqual({
      ...issuance,
      state: "active",
      owner: "user_1",
      name: "Invoice export",
      scopes: [],
      limits: [],
      restrictions: {},
      metadata: {},
      createdAt: NOW,
      updatedAt: NOW,
      expiresAt: NOW + 90 * DAY_MS,
      notBefore: null,
      version: 1,
      secretVersion: 1,
      rotation: null,
      head: null,
      lastUsedAt: null,
    });
  });

  it("keeps what is asked for, in this library's units", () => {
    const notBefore = new Date(NOW + 5);
    const metadata = { team: "billing", tags: [1, null, { deep: true }] };
    const limits = [{ name: "burst", kind: "rate", limit: 100, per: "1m" }];
    const restrictions = { ip: { allow: ["10.0.0.0/8"] }, resources: { account: { deny: ["DE89"] } } };
    expect(
      create({ scopes: ["a:b", "c:*"], expiresIn: "1d", notBefore, limits, restrictions, metadata }),
    ).toMatchObject({
      scopes: ["a:b", "c:*"],
      expiresAt: NOW + DAY_MS,
      notBefore: NOW + 5,
      limits: [{ name: "burst", kind: "rate", limit: 100, per: 60_000, algorithm: "gcra" }],
      restrictions,
      metadata,
    });
  });

  it("can be active at some time, or is refused", () => {
    const at = fc.option(fc.integer({ min: NOW - 3, max: NOW + 3 }), { nil: undefined });
    fc.assert(
      fc.property(at, at, (notBefore, expiresAt) => {
        const possible = expiresAt === undefined || expiresAt > Math.max(NOW, notBefore ?? NOW);
        if (possible) expect(create({ notBefore, expiresAt })).toMatchObject({ notBefore: notBefore ?? null });
        else
          expect(refusalOf(() => create({ notBefore, expiresAt }))).toMatchObject({
            code: "invalid_input",
            field: "expiresAt",
          });
      }),
    );
  });

  it("is refused a scope outside the settings' bound, and a lifetime beyond them", () => {
    expect(refusalOf(() => create({ scopes: ["b:c"] }, { allowedScopes: ["a:*"] })).code).toBe("policy_violation");
    expect(refusalOf(() => create({ expiresIn: "2d" }, { maxLifetime: "1d" }))).toMatchObject({
      code: "policy_violation",
      field: "expiresIn",
    });
    expect(refusalOf(() => create({ expiresIn: "never" })).code).toBe("policy_violation");
  });
});

describe("parseKeyDraft", () => {
  it.each(["owner", "name"])("KF-11 needs %s, which is no white space", (field) => {
    const given = { owner: "o", name: "n" };
    for (const value of [undefined, "", "  ", "\n"]) {
      expect(refusalOf(() => parseKeyDraft({ ...given, [field]: value }))).toMatchObject({
        code: "invalid_input",
        field,
      });
    }
  });

  it("counts owner and name to their bounds", () => {
    expect(parseKeyDraft({ owner: "o".repeat(128), name: "n".repeat(200) })).toBeDefined();
    expect(refusalOf(() => parseKeyDraft({ owner: "o".repeat(129), name: "n" })).field).toBe("owner");
    expect(refusalOf(() => parseKeyDraft({ owner: "o", name: "n".repeat(201) })).field).toBe("name");
  });

  it.each(["id", "tenant", "state", "version", "createdBy", "digest", "token", "rotation", "lastUsedAt", "scope"])(
    "refuses %s, which is not the caller's to give",
    (field) => {
      expect(refusalOf(() => parseKeyDraft({ owner: "o", name: "n", [field]: "x" }))).toMatchObject({
        code: "invalid_input",
        field,
      });
    },
  );

  // What each field takes all the same.
  const FITS: { readonly [field: string]: readonly string[] } = {
    scopes: ["an empty array"],
    limits: ["an empty array"],
    restrictions: ["an empty object", "a null prototype"],
    metadata: ["an empty object", "a null prototype"],
  };
  const fields = [
    "owner",
    "name",
    "scopes",
    "notBefore",
    "expiresIn",
    "expiresAt",
    "limits",
    "restrictions",
    "metadata",
    "reason",
  ];
  const cases = fields.flatMap((field) => Object.entries(HOSTILE).map(([name, make]) => ({ field, name, make })));

  it.each(cases)("$field given $name", ({ field, name, make }) => {
    const parse = (): unknown => parseKeyDraft({ owner: "o", name: "n", [field]: make() });
    if (FITS[field]?.includes(name)) return expect(parse()).toBeDefined();
    const refusal = refusalOf(parse);
    expect(refusal.code).toBe("invalid_input");
    expect(refusal.field).toMatch(new RegExp(`^(input|${field})`));
    expect(refusal.message.length).toBeLessThan(700);
  });
});
