import { inspect } from "node:util";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Pepper } from "./pepper.js";
import { createPepperRing } from "./pepper-ring.js";
import { hmacSha256, sha256 } from "./sha256.noble.js";

const TOKEN = "acme_live_0123456789ABCDEF_0123456789ABCDEFGHIJKLMNOPQRSTUV0Iq0Fr";
const MARKER = "the secret of a pepper, in ASCII";

function secretOf(byte: number): Uint8Array {
  return new Uint8Array(32).fill(byte);
}

class LongerThanItIs extends Uint8Array {
  override get length(): number {
    return 64;
  }
}

/** Options as one without types would write them. */
function untyped(peppers: unknown): readonly Pepper[] {
  return peppers as readonly Pepper[];
}

function messageOf(peppers: unknown): string {
  try {
    createPepperRing(untyped(peppers));
  } catch (error) {
    expect(error).toBeInstanceOf(TypeError);
    return String(error);
  }
  throw new Error("the peppers were taken");
}

describe("a ring", () => {
  it("signs with its first pepper", () => {
    const ring = createPepperRing([
      { id: "2026", secret: secretOf(1) },
      { id: "2025", secret: secretOf(2) },
    ]);
    expect(ring.sign(TOKEN)).toEqual({ alg: "hmac-sha256", pepperId: "2026", hex: hmacSha256(secretOf(1))(TOKEN) });
  });

  it.each([undefined, []])("without peppers marks its digests as plain", (peppers) => {
    expect(createPepperRing(peppers).sign(TOKEN)).toEqual({ alg: "sha256", hex: sha256(TOKEN) });
  });

  it("copies the secrets: who wipes or changes his bytes changes nothing", () => {
    const secret = secretOf(1);
    const ring = createPepperRing([{ id: "2026", secret }]);
    secret.fill(0);
    expect(ring.sign(TOKEN)).toMatchObject({ hex: hmacSha256(secretOf(1))(TOKEN) });
  });

  it("takes secrets of any length from 32 bytes, and Buffers", () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 32, maxLength: 200 }), (secret) => {
        expect(createPepperRing([{ id: "a", secret: Buffer.from(secret) }]).sign(TOKEN)).toMatchObject({
          hex: hmacSha256(secret)(TOKEN),
        });
      }),
    );
  });

  it("promise 5: shows no secret to inspect, JSON or a walk over its members", () => {
    const secret = Buffer.from(MARKER);
    const ring = createPepperRing([{ id: "2026", secret }]);
    const shown =
      inspect(ring, { depth: Number.POSITIVE_INFINITY, showHidden: true, getters: true }) +
      JSON.stringify(ring) +
      String(ring);
    const bytes = Array.from(secret).join(", ");
    const forms = [MARKER, secret.toString("hex"), secret.toString("base64"), bytes, inspect(secret)];
    expect(forms.filter((form) => shown.includes(form))).toEqual([]);
    expect(reachable(ring).filter((value) => value instanceof Uint8Array)).toEqual([]);
    expect(Object.isFrozen(ring)).toBe(true);
  });
});

function reachable(value: unknown, seen: Set<unknown> = new Set()): readonly unknown[] {
  if ((typeof value !== "object" && typeof value !== "function") || value === null || seen.has(value)) return [];
  seen.add(value);
  return [value, ...Reflect.ownKeys(value).flatMap((name) => reachable(Reflect.get(value, name), seen))];
}

describe("createPepperRing refuses", () => {
  const good = { id: "2026", secret: secretOf(1) };

  it.each([
    ["peppers must be an array", null],
    ["peppers must be an array", { 0: good, length: 1 }],
    ["peppers must be an array", MARKER],
    ["peppers[0] must be an object", [MARKER]],
    ["peppers[0] must be an object", [secretOf(1).byteLength]],
    ["peppers[1] must be an object", [good, null]],
    ["peppers[0].id must be 1 to 32", [{ secret: secretOf(1) }]],
    ["peppers[0].id must be 1 to 32", [{ id: "", secret: secretOf(1) }]],
    ["peppers[0].id must be 1 to 32", [{ id: "a".repeat(33), secret: secretOf(1) }]],
    ["peppers[0].id must be 1 to 32", [{ id: "a b", secret: secretOf(1) }]],
    ["peppers[0].id must be 1 to 32", [{ id: "a\n", secret: secretOf(1) }]],
    ["peppers[0].id must be 1 to 32 letters, digits, _ or -; got a number", [{ id: 2026, secret: secretOf(1) }]],
    ["peppers[0].id must be 1 to 32 letters, digits, _ or -; got null", [{ id: null, secret: secretOf(1) }]],
    [
      "peppers[0].secret must be a Uint8Array of at least 32 bytes; got one of 31 bytes",
      [{ id: "a", secret: new Uint8Array(31) }],
    ],
    [
      "peppers[0].secret must be a Uint8Array of at least 32 bytes; got a string of 32 characters",
      [{ id: "a", secret: MARKER }],
    ],
    [
      "peppers[0].secret must be a Uint8Array of at least 32 bytes; got one of 3 bytes",
      [{ id: "a", secret: new LongerThanItIs(3) }],
    ],
    ["peppers[0].secret must be a Uint8Array", [{ id: "a" }]],
    ["peppers[0].secret must be a Uint8Array", [{ id: "a", secret: Array.from(secretOf(1)) }]],
    ["peppers[0].secret must be a Uint8Array", [{ id: "a", secret: new Uint32Array(32) }]],
    ["peppers[0].secret must be a Uint8Array", [{ id: "a", secret: new ArrayBuffer(32) }]],
    ['peppers[0] has no field "key"; allowed: id, secret', [{ ...good, key: 1 }]],
    ['peppers[0] has no field "Symbol(key)"', [{ ...good, [Symbol("key")]: 1 }]],
    ["peppers[1].id must be listed once; it is that of peppers[0] too", [good, { id: "2026", secret: secretOf(2) }]],
    [
      "peppers[1].secret must be listed once; it is that of peppers[0] too",
      [good, { id: "2025", secret: secretOf(1) }],
    ],
    [
      "peppers[2].secret must be listed once; it is that of peppers[1] too",
      [good, { id: "b", secret: secretOf(2) }, { id: "c", secret: secretOf(2) }],
    ],
  ])("%s", (said, peppers) => {
    expect(messageOf(peppers)).toContain(said);
  });

  it("a secret that is the same key to HMAC: with zeros behind it, or the hash of one longer than a block", () => {
    const padded = new Uint8Array(40).fill(1, 0, 32);
    const long = new Uint8Array(65).fill(3);
    const hashed = Buffer.from(hexOfBytes(long), "hex");
    expect(messageOf([good, { id: "b", secret: padded }])).toContain("peppers[1].secret");
    expect(
      messageOf([
        { id: "a", secret: long },
        { id: "b", secret: hashed },
      ]),
    ).toContain("peppers[1].secret");
  });

  it("what cannot be read, with the cause", () => {
    const cause = new Error("no");
    const throwing = {
      id: "a",
      get secret(): never {
        throw cause;
      },
    };
    expect(() => createPepperRing([throwing])).toThrow(
      expect.objectContaining({ name: "TypeError", message: expect.stringContaining("peppers[0]"), cause }),
    );
    const { proxy, revoke } = Proxy.revocable([], {});
    revoke();
    expect(messageOf(proxy)).toContain("peppers could not be read");
  });

  it("promise 5: without showing a secret, whichever field it stands in", () => {
    const misplaced = [
      [MARKER],
      [{ id: MARKER, secret: secretOf(1) }],
      [{ id: "a", secret: MARKER }],
      [{ id: "a", secret: Buffer.from(MARKER).subarray(1) }],
      MARKER,
    ];
    const repeated = [
      { id: "a", secret: Buffer.from(MARKER) },
      { id: "b", secret: Buffer.from(MARKER) },
    ];
    expect([...misplaced, repeated].map(messageOf).filter((message) => message.includes(MARKER.slice(4, 12)))).toEqual(
      [],
    );
  });
});

// The bytes are ASCII, so that the text is they.
function hexOfBytes(bytes: Uint8Array): string {
  return sha256(String.fromCharCode(...bytes));
}
