import { crc32 as zlibCrc32 } from "node:zlib";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { crc32 } from "./crc32.js";

const ascii = fc.string({ unit: "binary-ascii", maxLength: 200 });

// By the definition, bit by bit.
function slowCrc32(text: string): number {
  let crc = 0xffffffff;
  for (const character of text) {
    crc ^= character.charCodeAt(0);
    for (let bit = 0; bit < 8; bit += 1) crc = crc & 1 ? (crc >>> 1) ^ 0xedb88320 : crc >>> 1;
  }
  return (crc ^ 0xffffffff) >>> 0;
}

describe("crc32", () => {
  it("is CRC-32/ISO-HDLC, by its check value", () => {
    expect(crc32("123456789")).toBe(0xcbf43926);
    expect(crc32("")).toBe(0);
  });

  it("is what the definition gives", () => {
    fc.assert(fc.property(ascii, (text) => crc32(text) === slowCrc32(text)));
  });

  it.runIf(typeof zlibCrc32 === "function")("is what zlib gives", () => {
    fc.assert(fc.property(ascii, (text) => crc32(text) === zlibCrc32(text)));
  });

  it("stops at the end that it is given", () => {
    fc.assert(fc.property(ascii, ascii, (text, more) => crc32(text + more, text.length) === crc32(text)));
  });
});
