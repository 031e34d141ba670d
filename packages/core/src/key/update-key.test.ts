import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { aKey, DAY_MS, KEYS_BY_STATUS, NOW } from "../../test/a-key.js";
import { refusalOf } from "../../test/refusal.js";
import { cancelRotation, liveRotation, startRotation } from "../lifecycle/rotation.js";
import type { Step } from "../lifecycle/step.js";
import { anyScopes } from "../scope/any-scopes.js";
import { settingsOption } from "../settings/parse-settings.js";
import type { KeyEntry, KeyRecord } from "./key-record.js";
import { parseKeyPatch, updateKey } from "./update-key.js";

function update(key: KeyEntry, input: object, settings: object = {}): Step {
  const policy = { settings: settingsOption("settings", settings, anyScopes), catalogue: anyScopes };
  return updateKey(key, parseKeyPatch(input), policy, NOW);
}

function written(step: Step): KeyRecord {
  if (step.kind !== "write" || step.next.state === "destroyed") throw new Error("no key was written");
  return step.next;
}

const patches = fc.record(
  {
    name: fc.constantFrom("Invoice export", "Another"),
    scopes: fc.subarray(["invoices:read", "invoices:write"]),
    notBefore: fc.constantFrom(null, NOW - 5, NOW + 5),
    expiresAt: fc.constantFrom(NOW + DAY_MS, NOW + 90 * DAY_MS),
    limits: fc.constantFrom([], [{ name: "burst", kind: "rate", limit: 5, per: 1000 }]),
    restrictions: fc.constantFrom({}, { ip: { allow: ["10.0.0.0/8"] } }),
    metadata: fc.constantFrom({ team: "billing" }, {}, { secret: "s3cr3t-value" }),
  },
  { requiredKeys: [] },
);

describe("updateKey", () => {
  it("KF-19 QL-31 replaces the fields given, whole, and nothing else: never secret, state, owner or rotation", () => {
    fc.assert(
      fc.property(patches, (input) => {
        const key = aKey();
        const step = update(key, input);
        const expected = { ...key, ...parseKeyPatch(input).values, expiresAt: input.expiresAt ?? key.expiresAt };
        if (step.kind === "nothing") expect(expected).toEqual(key);
        else expect(step.next).toEqual({ ...expected, updatedAt: NOW, version: key.version + 1 });
      }),
    );
  });

  it("writes nothing where nothing changes", () => {
    const key = aKey();
    const { name, scopes, limits, restrictions, metadata, notBefore } = key;
    expect(update(key, {})).toEqual({ kind: "nothing" });
    expect(update(key, { name, scopes, limits, restrictions, metadata, notBefore })).toEqual({ kind: "nothing" });
  });

  it("says in the event what changed, from what to what, but not what the metadata hold", () => {
    const step = update(aKey(), { name: "Another", metadata: { secret: "s3cr3t-value" } });
    expect(step).toMatchObject({
      type: "key.updated",
      data: { changed: ["name", "metadata"], from: { name: "Invoice export" }, to: { name: "Another" } },
    });
    expect(JSON.stringify(step.kind === "write" && step.data)).not.toContain("s3cr3t-value");
  });

  it.each(["active", "pending", "disabled"] as const)("a key that is %s is updated and stays so", (status) => {
    for (const key of KEYS_BY_STATUS[status]) expect(written(update(key, { name: "Another" })).state).toBe(key.state);
  });

  it.each(["expired", "revoked", "compromised"] as const)(
    "promise 2: a key that is %s is not, and no expiry renews it",
    (status) => {
      for (const key of KEYS_BY_STATUS[status]) {
        expect(refusalOf(() => update(key, { expiresIn: "30d" }))).toMatchObject({
          code: "illegal_transition",
          status,
        });
        expect(refusalOf(() => update(key, {})).code).toBe("illegal_transition");
      }
    },
  );

  it("does not find a tombstone", () => {
    const tombstone = {
      state: "destroyed",
      id: "x",
      tenant: "t",
      createdAt: 1,
      updatedAt: 2,
      version: 3,
      head: null,
    } as const;
    expect(refusalOf(() => update(tombstone, { name: "Another" })).code).toBe("not_found");
  });

  it("QL-24 counts the longest lifetime from the update, and leaves an earlier, longer expiry alone", () => {
    const key = aKey({ expiresAt: NOW + 300 * DAY_MS });
    expect(written(update(key, { name: "Another" }, { maxLifetime: "7d" })).expiresAt).toBe(key.expiresAt);
    expect(written(update(key, { expiresIn: "7d" }, { maxLifetime: "7d" })).expiresAt).toBe(NOW + 7 * DAY_MS);
    expect(refusalOf(() => update(key, { expiresIn: "8d" }, { maxLifetime: "7d" })).code).toBe("policy_violation");
  });

  it("refuses scopes beyond the settings, but keeps earlier ones that an update does not touch", () => {
    const key = aKey({ scopes: ["payments:send"] });
    const settings = { allowedScopes: ["invoices:*"] };
    expect(written(update(key, { name: "Another" }, settings)).scopes).toEqual(["payments:send"]);
    expect(refusalOf(() => update(key, { scopes: ["payments:send"] }, settings)).code).toBe("policy_violation");
  });

  it("refuses times that leave the key no moment", () => {
    const key = aKey({ notBefore: NOW + 5 });
    expect(refusalOf(() => update(key, { expiresAt: NOW })).field).toBe("expiresAt");
    expect(refusalOf(() => update(key, { expiresAt: NOW + 5 })).field).toBe("expiresAt");
    expect(refusalOf(() => update(key, { notBefore: aKey().expiresAt })).field).toBe("expiresAt");
  });
});

describe("an expiry that is set while two secrets live", () => {
  const rotating = written(
    startRotation(
      aKey(),
      { digest: { alg: "sha256", hex: "b".repeat(64) }, overlapMs: DAY_MS, expiresAt: undefined },
      NOW,
    ),
  );

  it("never lets the former secret live longer, and ends it with the key", () => {
    const end = fc.integer({ min: NOW + 1, max: NOW + 300 * DAY_MS });
    fc.assert(
      fc.property(end, end, (first, second) => {
        const shortened = written(update(rotating, { expiresAt: first }));
        const next = second === first ? shortened : written(update(shortened, { expiresAt: second }));
        const previousEndsAt = Math.min(NOW + DAY_MS, first, second);
        expect(liveRotation(next, NOW)?.previousEndsAt).toBe(previousEndsAt);
      }),
    );
  });

  it("is the key's, whichever secret stays", () => {
    const next = written(update(rotating, { expiresAt: NOW + 2 * DAY_MS }));
    expect(written(cancelRotation(next, NOW)).expiresAt).toBe(NOW + 2 * DAY_MS);
  });
});

describe("parseKeyPatch", () => {
  it.each(["owner", "tenant", "id", "state", "status", "version", "createdAt", "digest", "rotation", "reason"])(
    "refuses %s",
    (field) => {
      expect(refusalOf(() => parseKeyPatch({ [field]: "x" }))).toMatchObject({ code: "invalid_input", field });
    },
  );

  it.each([
    ["name", null],
    ["name", ""],
    ["scopes", null],
    ["limits", null],
    ["restrictions", null],
    ["metadata", null],
    ["expiresAt", null],
    ["notBefore", "now"],
  ])("refuses %s %j", (field, value) => {
    expect(refusalOf(() => parseKeyPatch({ [field]: value })).field).toBe(field);
  });

  it("takes undefined for what is left out", () => {
    expect(parseKeyPatch({ name: undefined, expiresIn: undefined })).toEqual({ values: {}, expiry: undefined });
  });
});
