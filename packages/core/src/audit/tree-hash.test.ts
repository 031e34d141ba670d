import { createHash } from "node:crypto";
import fc from "fast-check";
import { expect, it } from "vitest";
import { treeHash } from "./tree-hash.js";

// The reference leaves of Certificate Transparency, all of them ASCII, and the roots of the first n.
const LEAVES = ["", "\0", "\x10", " !", "01", "@ABC", "PQRSTUVW", "`abcdefghijklmno"];
const ROOTS = [
  "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
  "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
  "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
  "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
  "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
  "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
  "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
  "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
  "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
];

const sha256 = (...parts: readonly (string | Buffer)[]): Buffer =>
  createHash("sha256")
    .update(Buffer.concat(parts.map((part) => Buffer.from(part))))
    .digest();

// As RFC 9162 §2.1.1 defines it: split at the largest power of two that is less than n.
function definition(leaves: readonly string[]): Buffer {
  if (leaves.length === 0) return sha256();
  const [only = ""] = leaves;
  if (leaves.length === 1) return sha256("\0", only);
  let split = 1;
  while (2 * split < leaves.length) split *= 2;
  return sha256("\x01", definition(leaves.slice(0, split)), definition(leaves.slice(split)));
}

it.each(ROOTS.map((root, size) => [size, root] as const))("of the first %i reference leaves is known", (size, root) => {
  expect(treeHash(LEAVES.slice(0, size))).toBe(root);
});

it("is what RFC 9162 §2.1.1 defines, for any number of leaves", () => {
  fc.assert(
    fc.property(fc.array(fc.string(), { maxLength: 70 }), (leaves) => {
      expect(treeHash(leaves)).toBe(definition(leaves).toString("hex"));
    }),
  );
});
