import { afterEach, describe, expect, it, vi } from "vitest";
import { matchSecret } from "../src/digest/match-digest.js";
import { createPepperRing } from "../src/digest/pepper-ring.js";
import * as noble from "../src/digest/sha256.noble.js";
import { parseToken } from "../src/token/parse-token.js";
import { redactTokens } from "../src/token/redact.js";
import { generateId, generateToken } from "../src/token/token.js";
import { seededRandom } from "./support/seeded-random.js";

function poison(): never {
  throw new Error("ambient time or randomness was touched");
}

function poisonAmbient(): void {
  vi.spyOn(Math, "random").mockImplementation(poison);
  vi.spyOn(Date, "now").mockImplementation(poison);
  vi.spyOn(performance, "now").mockImplementation(poison);
  vi.spyOn(globalThis.crypto, "getRandomValues").mockImplementation(poison);
  vi.spyOn(globalThis.crypto, "randomUUID").mockImplementation(poison);
  vi.stubGlobal(
    "Date",
    class {
      constructor() {
        poison();
      }
      static now = poison;
    },
  );
}

/** Everything that tokens and digests do, from one source of bytes. */
function everything(): readonly unknown[] {
  const random = seededRandom(3);
  const id = generateId(random);
  const token = generateToken({ prefix: "acme_live", id, random });
  const rings = [createPepperRing(), createPepperRing([{ id: "2026", secret: random(32) }])];
  const matches = rings.map((ring) => matchSecret(ring, token, { current: ring.sign(token), previous: undefined }));
  return [
    token,
    parseToken(token),
    redactTokens(token),
    ...matches,
    noble.sha256(token),
    noble.hmacSha256(random(32))(token),
  ];
}

describe("core is pure", () => {
  afterEach(() => {
    vi.unstubAllGlobals();
    vi.restoreAllMocks();
  });

  it("tokens and digests touch neither Math.random, nor a clock, nor the platform's generator", () => {
    const expected = everything();
    poisonAmbient();
    const poisoned = everything();
    vi.unstubAllGlobals();
    vi.restoreAllMocks();
    expect(poisoned).toEqual(expected);
  });

  it("the poison works", () => {
    poisonAmbient();
    const touched = [
      () => Math.random(),
      () => Date.now(),
      () => new Date(),
      () => crypto.getRandomValues(new Uint8Array(1)),
    ].map((touch) => {
      try {
        touch();
        return false;
      } catch {
        return true;
      }
    });
    vi.unstubAllGlobals();
    vi.restoreAllMocks();
    expect(touched).toEqual([true, true, true, true]);
  });
});
