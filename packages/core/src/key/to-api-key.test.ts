import { describe, expect, it } from "vitest";
import { aKey, KEYS_BY_STATUS, NOW } from "../../test/a-key.js";
import type { ListedStatus } from "./key-state.js";
import { toApiKey } from "./to-api-key.js";

function isFrozenThroughout(value: unknown): boolean {
  return (
    typeof value !== "object" ||
    value === null ||
    (Object.isFrozen(value) && Object.values(value).every(isFrozenThroughout))
  );
}

const rotation = {
  previous: { alg: "sha256", hex: "b".repeat(64) },
  previousSecretVersion: 1,
  startedAt: NOW - 1,
  previousEndsAt: NOW + 1,
  previousExpiresAt: null,
} as const;

describe("toApiKey", () => {
  it("KF-18 QL-10 has the columns of an overview, and no digest", () => {
    const shown = toApiKey(aKey({ rotation }), NOW);
    expect(Object.keys(shown).sort()).toEqual(
      [
        "id",
        "tenant",
        "owner",
        "name",
        "scopes",
        "status",
        "limits",
        "restrictions",
        "metadata",
        "createdAt",
        "createdBy",
        "updatedAt",
        "expiresAt",
        "notBefore",
        "lastUsedAt",
        "version",
        "rotation",
      ].sort(),
    );
    expect(JSON.stringify(shown)).not.toMatch(/a{8}|b{8}|sha256|digest|previous"/);
  });

  it.each(Object.entries(KEYS_BY_STATUS))("QL-12 QL-13 QL-14 shows the status %s", (status, keys) => {
    for (const key of keys) expect(toApiKey(key, NOW).status).toBe(status as ListedStatus);
  });

  it("shows a rotation while two secrets live, and not from its end on", () => {
    expect(toApiKey(aKey({ rotation }), NOW).rotation).toEqual({ startedAt: NOW - 1, endsAt: NOW + 1 });
    expect(toApiKey(aKey({ rotation }), NOW + 1).rotation).toBeNull();
  });

  it("is frozen throughout", () => {
    const key = aKey({
      rotation,
      limits: [{ name: "c", kind: "credits", limit: 1 }],
      restrictions: { ip: { allow: ["::/0"] } },
    });
    expect(isFrozenThroughout(toApiKey(key, NOW))).toBe(true);
  });
});
