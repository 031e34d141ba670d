import { createHash } from "node:crypto";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { NOW } from "../../test/a-key.js";
import type { EventBody } from "../event/audit-event.js";
import { bodyHashOf, headAfter, isHash, linkOf } from "./chain.js";

const BODY: EventBody = {
  id: "3nZ0v9Qd1rX7uKcE5tWb2A",
  type: "key.revoked",
  tenant: "t_1",
  keyId: "Ab3dEfGh1jKlMn0p",
  actor: "system",
  at: NOW,
  version: 4,
  data: { from: "active", to: null },
};
const SALT = "5hWmR0aQk2vXeJ8cLz1TyB";
const text = fc.string({ unit: "binary", maxLength: 20 });
const body: fc.Arbitrary<EventBody> = fc.record(
  {
    id: text,
    type: text,
    tenant: text,
    keyId: text,
    owner: text,
    actor: text,
    address: text,
    at: fc.nat(),
    reason: text,
    version: fc.nat(),
    salt: text,
    data: fc.dictionary(fc.string(), fc.jsonValue() as fc.Arbitrary<null>),
  },
  { requiredKeys: ["id", "type", "tenant", "actor", "at", "data"] },
);
const hash = fc.stringMatching(/^[0-9a-f]{64}$/);
const bytesOf = (hex: string): Buffer => Buffer.from(hex, "hex");

describe("bodyHashOf", () => {
  it("is the same for what a store gives back as JSON, in any order of members", () => {
    fc.assert(
      fc.property(body, (event) => {
        const stored: EventBody = JSON.parse(JSON.stringify(event));
        const reversed = Object.fromEntries(Object.entries(stored).reverse()) as unknown as EventBody;
        expect(isHash(bodyHashOf(event))).toBe(true);
        expect(bodyHashOf(stored)).toBe(bodyHashOf(event));
        expect(bodyHashOf(reversed)).toBe(bodyHashOf(event));
      }),
    );
  });

  it("is another one as soon as any part of the body is", () => {
    const full: EventBody = { ...BODY, owner: "anna", address: "10.0.0.1", reason: "left", salt: SALT };
    const hashes = Object.keys(full).map((name) => bodyHashOf({ ...full, [name]: name === "data" ? {} : "x" }));
    expect(new Set([bodyHashOf(full), ...hashes]).size).toBe(Object.keys(full).length + 1);
    for (const name of ["keyId", "owner", "address", "reason", "version", "salt"] as const) {
      const { [name]: _, ...without } = full;
      expect(bodyHashOf(without)).not.toBe(bodyHashOf(full));
    }
  });

  it("does not depend on the place in the chain, or on when the body was erased", () => {
    const placed = { ...BODY, chain: { bodyHash: "a", hash: "b" }, erasedAt: 5 };
    expect(bodyHashOf(placed)).toBe(bodyHashOf(BODY));
  });

  it("stays what it is: events that are in databases are verified by it", () => {
    expect(linkOf(BODY, null)).toEqual({
      bodyHash: "67929491af1ab2be860eecd82b9db9dafa3a127a263bde3ac46fb7d205f7dc12",
      hash: "1810ee9c7510e0e0f215e311b5798ced1d48995c205f481381c288eddb1e94d5",
    });
    expect(linkOf({ ...BODY, salt: SALT }, null)).toEqual({
      bodyHash: "7c0955f68f878d646152db49382d154ccc857fc73ff7842742a3304ba20a3ea3",
      hash: "a9726bb9ef23ed36c9cdba1f9331f02401827b03f8507ee6d993eda4302a53bb",
    });
  });
});

describe("headAfter", () => {
  it("promise 8: is SHA-256(0x02 ‖ head ‖ body hash), with 32 zero bytes where the chain begins", () => {
    fc.assert(
      fc.property(fc.option(hash), hash, (head, bodyHash) => {
        const before = head === null ? Buffer.alloc(32) : bytesOf(head);
        const bytes = Buffer.concat([Buffer.of(2), before, bytesOf(bodyHash)]);
        expect(headAfter(head, bodyHash)).toBe(createHash("sha256").update(bytes).digest("hex"));
      }),
    );
  });
});

it("a hash is written in one way only", () => {
  const known = "0123456789abcdef".repeat(4);
  expect(isHash(known)).toBe(true);
  for (const other of [known.toUpperCase(), `${known}0`, known.slice(1), ` ${known}`, `${known}\n`, "", null, 5]) {
    expect(isHash(other)).toBe(false);
  }
});
