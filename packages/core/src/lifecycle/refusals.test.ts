import { describe, expect, it } from "vitest";
import { illegalTransition, notFound, versionConflict } from "./refusals.js";

const KEY_ID = "Ab3dEfGh1jKlMn0p";

describe("a refusal has a code, the fields that explain it, and a sentence that says the same", () => {
  it.each([
    [notFound(KEY_ID), { code: "not_found", keyId: KEY_ID }, `there is no key ${KEY_ID} in this tenant`],
    [
      illegalTransition(KEY_ID, "revoked", "enable"),
      { code: "illegal_transition", keyId: KEY_ID, status: "revoked" },
      `cannot enable key ${KEY_ID}: it is revoked`,
    ],
    [
      versionConflict(KEY_ID, 3, 5),
      { code: "conflict", keyId: KEY_ID, expectedVersion: 3, version: 5 },
      `key ${KEY_ID} is at version 5, not 3: read it again and decide anew`,
    ],
  ])("%s", (refusal, explained, message) => {
    expect(refusal).toMatchObject(explained);
    expect(refusal.message).toBe(message);
  });
});
