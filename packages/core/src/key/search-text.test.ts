import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { foldText, searchText } from "./search-text.js";

describe("searchText", () => {
  it("QL-11: finds a key by any part of its name, id or owner, and by nothing across two of them", () => {
    const text = searchText({ name: "Invoice Export", id: "0123456789ABCDEF", owner: "Anna" });
    for (const part of ["invoice", "EXPORT", "9abc", "ANN"]) expect(text.includes(foldText(part))).toBe(true);
    for (const across of ["export0123", "fanna", "export 0"]) expect(text.includes(foldText(across))).toBe(false);
  });

  it("is case-insensitive beyond ASCII", () => {
    expect(searchText({ name: "ÄRGER ÉTÉ ЖУК", id: "i", owner: "o" })).toContain(foldText("ärger été жук"));
  });

  it("folding twice changes nothing, so a folded search can be folded again", () => {
    fc.assert(fc.property(fc.string({ unit: "binary" }), (text) => foldText(foldText(text)) === foldText(text)));
  });
});
