import { runInNewContext } from "node:vm";
import { describe, expect, it } from "vitest";
import { isBytes } from "./is-bytes.js";

describe("isBytes", () => {
  it("takes a Uint8Array, a Buffer, and one of another realm", () => {
    const foreign: unknown = runInNewContext("new Uint8Array(3)");
    expect(foreign instanceof Uint8Array).toBe(false);
    expect([new Uint8Array(0), Buffer.alloc(1), foreign].map(isBytes)).toEqual([true, true, true]);
  });

  it.each([
    null,
    undefined,
    1,
    "bytes",
    [],
    [1, 2],
    {},
    { [Symbol.toStringTag]: "Uint8Array", length: 1 },
    new Uint8ClampedArray(1),
    new Int8Array(1),
    new ArrayBuffer(1),
    new DataView(new ArrayBuffer(1)),
    Object.create(Uint8Array.prototype),
    new Proxy(new Uint8Array(1), {}),
  ])("refuses %o", (value) => {
    expect(isBytes(value)).toBe(false);
  });
});
