import { describe, expect, it, vi } from "vitest";
import { ClavigerError } from "./errors.js";

describe("ClavigerError", () => {
  it("is a real error with its code, its fields, its cause and where it is explained", () => {
    const cause = new Error("why");
    const error = new ClavigerError("conflict", "changed", { keyId: "k", version: 2, cause });
    expect(error).toBeInstanceOf(Error);
    expect(error).toMatchObject({
      name: "ClavigerError",
      message: "changed",
      code: "conflict",
      keyId: "k",
      version: 2,
    });
    expect(error.cause).toBe(cause);
    expect(error.help).toBe("docs/reference/errors.md#conflict");
    expect(Object.keys(error)).not.toContain("field");
  });

  it("promise 4: is one to another copy of the class, as ES module and CommonJS make two", async () => {
    vi.resetModules();
    const copy = await import("./errors.js");
    expect(copy.ClavigerError).not.toBe(ClavigerError);
    expect(new copy.ClavigerError("conflict", "changed")).toBeInstanceOf(ClavigerError);
  });

  it.each([null, undefined, "conflict", {}, new Error("conflict"), { name: "ClavigerError", code: "conflict" }])(
    "is not %s",
    (value) => {
      expect(value instanceof ClavigerError).toBe(false);
    },
  );
});
