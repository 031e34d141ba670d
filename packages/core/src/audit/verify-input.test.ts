import { describe, expect, it } from "vitest";
import { NOW } from "../../test/a-key.js";
import { refusalOf } from "../../test/refusal.js";
import { sealOf } from "./seal.js";
import { parseVerifyInput } from "./verify-input.js";

const HEAD = { keyId: "Ab3dEfGh1jKlMn0p", version: 3, hash: "a".repeat(64) };
const SEAL = sealOf("t_1", [HEAD, { ...HEAD, keyId: "B".repeat(16) }], NOW);
const parse = (input: unknown) => parseVerifyInput(input, "t_1");

describe("parseVerifyInput", () => {
  it("verifies all against nothing unless told otherwise", () => {
    for (const input of [undefined, {}]) expect(parse(input)).toEqual({ keyId: undefined, kept: [] });
    expect(parse({ keyId: HEAD.keyId })).toEqual({ keyId: HEAD.keyId, kept: [] });
  });

  it("takes heads by themselves, from a seal, and from both; of a seal that was kept as JSON too", () => {
    expect(parse({ heads: [HEAD] }).kept).toEqual([HEAD]);
    const sealed = SEAL.heads.map((head) => ({ ...head, sealedAt: NOW }));
    expect(parse({ seal: JSON.parse(JSON.stringify(SEAL)) }).kept).toEqual(sealed);
    expect(parse({ heads: [HEAD], seal: SEAL }).kept).toEqual([HEAD, ...sealed]);
  });

  it("takes more heads than any other input may have members", () => {
    const heads = Array.from({ length: 6_000 }, (_, index) => ({ ...HEAD, version: index + 1 }));
    expect(parse({ heads }).kept).toEqual(heads);
  });

  it("refuses an array that claims to be far longer than it is by its first hole", () => {
    const heads = [HEAD];
    heads.length = 2 ** 32 - 1;
    expect(refusalOf(() => parse({ heads })).field).toBe("heads[1]");
    expect(refusalOf(() => parse({ seal: { ...SEAL, heads } })).field).toBe("seal.heads[1]");
  });

  it("tells who misspells a field what there is", () => {
    expect(refusalOf(() => parse({ seals: [SEAL] })).message).toMatch(/seals.*allowed: keyId, heads, seal/);
  });

  it.each([
    ["keyId", { keyId: "short" }],
    ["head", { head: [] }],
    ["heads", { heads: "x" }],
    ["heads[0].keyId", { heads: [{ ...HEAD, keyId: "x" }] }],
    ["heads[1].version", { heads: [HEAD, { ...HEAD, version: 0 }] }],
    ["heads[0].hash", { heads: [{ ...HEAD, hash: "A".repeat(64) }] }],
    ["heads[0].root", { heads: [{ ...HEAD, root: 1 }] }],
    ["seal", { seal: 5 }],
    ["seal.heads", { seal: { ...SEAL, heads: undefined } }],
    ["seal.tenant", { seal: { ...SEAL, tenant: "t_2" } }],
    ["seal.root", { seal: { ...SEAL, root: "0".repeat(64) } }],
    ["seal.sealedAt", { seal: { ...SEAL, sealedAt: "today" } }],
    ["seal.heads[0].hash", { seal: { ...SEAL, heads: [{ ...HEAD, hash: "" }] } }],
    ["input", new Map()],
    ["seal", { seal: new Map() }],
  ])("refuses a wrong %s by name", (field, input) => {
    const refused = refusalOf(() => parse(input));
    expect(refused.code).toBe("invalid_input");
    expect(refused.field).toBe(field);
  });
});
