import fc from "fast-check";
import { expect, it } from "vitest";
import { NOW } from "../../test/a-key.js";
import { canonicalJson } from "./canonical-json.js";
import { type ChainHead, checkSeal, sealOf } from "./seal.js";
import { treeHash } from "./tree-hash.js";

const head: fc.Arbitrary<ChainHead> = fc.record({
  keyId: fc.stringMatching(/^[0-9A-Za-z]{16}$/),
  version: fc.integer({ min: 1, max: 100 }),
  hash: fc.stringMatching(/^[0-9a-f]{64}$/),
});
const heads = fc.uniqueArray(head, { selector: ({ keyId }) => keyId, maxLength: 9 });

it("promise 8: does not depend on the order of the heads, and holds", () => {
  fc.assert(
    fc.property(heads, (given) => {
      const seal = sealOf("t_1", given, NOW);
      expect(sealOf("t_1", [...given].reverse(), NOW)).toEqual(seal);
      expect(seal).toMatchObject({ tenant: "t_1", sealedAt: NOW, size: given.length });
      expect(checkSeal(seal)).toBe(true);
      expect(checkSeal(JSON.parse(JSON.stringify(seal)))).toBe(true);
    }),
  );
});

it("promise 8: holds no longer once a head is changed, left out, added, repeated or moved", () => {
  fc.assert(
    fc.property(heads, head, fc.nat(), (given, other, which) => {
      fc.pre(given.length > 0 && given.every(({ keyId }) => keyId !== other.keyId));
      const seal = sealOf("t_1", given, NOW);
      const at = which % given.length;
      const [one] = seal.heads.slice(at);
      if (one === undefined) throw new Error("no head");
      const changed = [
        seal.heads.with(at, other),
        seal.heads.with(at, { ...one, version: one.version + 1 }),
        seal.heads.toSpliced(at, 1),
        [...seal.heads, other],
        [...seal.heads, one],
      ];
      for (const each of changed) {
        expect(checkSeal({ ...seal, heads: each })).toBe(false);
        expect(checkSeal({ ...seal, heads: each, size: each.length })).toBe(false);
      }
      expect(checkSeal({ ...seal, root: other.hash })).toBe(false);
      expect(checkSeal({ ...seal, size: seal.size + 1 })).toBe(false);
    }),
  );
});

it("has the tree hash over the canonical JSON of its heads for its root", () => {
  fc.assert(
    fc.property(heads, (given) => {
      const seal = sealOf("t_1", given, NOW);
      expect(seal.root).toBe(treeHash(seal.heads.map((each) => canonicalJson({ ...each }))));
    }),
  );
});

it("is refused with heads out of order, whatever its root", () => {
  const [a, b] = ["a", "b"].map((letter) => ({ keyId: letter.repeat(16), version: 1, hash: letter.repeat(64) }));
  if (a === undefined || b === undefined) throw new Error("no heads");
  const seal = sealOf("t_1", [a, b], NOW);
  expect(checkSeal({ ...seal, root: treeHash([b, a].map((each) => canonicalJson({ ...each }))), heads: [b, a] })).toBe(
    false,
  );
});

it("takes the later head of a key that a walk has met twice", () => {
  const early = { keyId: "k".repeat(16), version: 1, hash: "1".repeat(64) };
  const late = { ...early, version: 2, hash: "2".repeat(64) };
  expect(sealOf("t_1", [late, early], NOW).heads).toEqual([late]);
  expect(sealOf("t_1", [early, late], NOW).heads).toEqual([late]);
});
