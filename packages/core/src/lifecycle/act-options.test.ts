import { describe, expect, it } from "vitest";
import { DAY_MS } from "../../test/a-key.js";
import { HOSTILE } from "../../test/hostile.js";
import { refusalOf } from "../../test/refusal.js";
import { parseActOptions, parseChangeOptions, parseRevokeOptions, parseRotateOptions } from "./act-options.js";

describe("the defaults", () => {
  it("of a change: no reason, any version", () => {
    expect(parseChangeOptions(undefined)).toEqual({ ifVersion: undefined, reason: undefined });
    expect(parseChangeOptions({})).toEqual({ ifVersion: undefined, reason: undefined });
  });

  it("of a revocation: not leaked", () => {
    expect(parseRevokeOptions(undefined)).toMatchObject({ leaked: false });
  });

  it("of a rotation: 24 hours of overlap, the expiry as it was", () => {
    expect(parseRotateOptions(undefined)).toMatchObject({ overlapMs: DAY_MS, expiry: undefined });
  });
});

describe("what is given", () => {
  it("of an act on what has no version, is a reason and an address", () => {
    expect(parseActOptions(undefined)).toEqual({ reason: undefined, address: undefined });
    const terms = { reason: "left the company", address: "10.0.0.1" };
    expect(parseActOptions(terms)).toEqual(terms);
    expect(refusalOf(() => parseActOptions({ ifVersion: 1 })).field).toBe("ifVersion");
  });

  it("of a revocation, is kept", () => {
    const terms = { ifVersion: 3, reason: "left the company", leaked: true };
    expect(parseRevokeOptions(terms)).toEqual(terms);
  });

  it("of a rotation, is kept", () => {
    const terms = { ifVersion: 3, reason: "yearly", overlapMs: 0 };
    const rotation = { ifVersion: 3, reason: "yearly", overlap: 0 };
    expect(parseRotateOptions({ ...rotation, expiresIn: "never" })).toEqual({ ...terms, expiry: { kind: "never" } });
    expect(parseRotateOptions({ ...rotation, expiresAt: new Date(5) })).toEqual({
      ...terms,
      expiry: { kind: "at", at: 5 },
    });
  });
});

describe("overlap", () => {
  it.each([
    [0, 0],
    [1, 1],
    ["24h", DAY_MS],
    ["30d", 30 * DAY_MS],
  ])("takes %s", (overlap, overlapMs) => {
    expect(parseRotateOptions({ overlap }).overlapMs).toBe(overlapMs);
  });

  it.each(["0", "0s", "31d", 30 * DAY_MS + 1, -1, 0.5, "1w", " 1h", "01h", true])("refuses %s", (overlap) => {
    expect(refusalOf(() => parseRotateOptions({ overlap }))).toMatchObject({ code: "invalid_input", field: "overlap" });
  });

  it("takes 0 for 0 however it is signed", () => {
    expect(Object.is(parseRotateOptions({ overlap: -0 }).overlapMs, 0)).toBe(true);
  });
});

describe("ifVersion and reason", () => {
  it.each([0, -1, 1.5, "1", Number.NaN, 2 ** 53])("refuses version %s", (ifVersion) => {
    expect(refusalOf(() => parseChangeOptions({ ifVersion }))).toMatchObject({
      code: "invalid_input",
      field: "ifVersion",
    });
  });

  it("takes a reason of 1 to 200 characters", () => {
    expect(parseChangeOptions({ reason: "x".repeat(200) }).reason).toHaveLength(200);
    for (const reason of ["", "  ", "x".repeat(201), 5]) {
      expect(refusalOf(() => parseChangeOptions({ reason })).field).toBe("reason");
    }
  });

  it("refuses an unknown field by name, and another act's too", () => {
    expect(refusalOf(() => parseChangeOptions({ leaked: true })).field).toBe("leaked");
    expect(refusalOf(() => parseRevokeOptions({ overlap: 0 })).field).toBe("overlap");
    expect(refusalOf(() => parseRotateOptions({ expiresin: "1d" })).field).toBe("expiresin");
  });
});

describe("a refusal says what is allowed, and what was given", () => {
  it.each([
    [parseRevokeOptions, { leaked: "yes" }, 'leaked must be true or false; got "yes"'],
    [parseRotateOptions, { overlap: "31d" }, 'overlap must be 0, or a duration of at most 30 days; got "31d"'],
    [parseRotateOptions, { expiresIn: "90" }, 'expiresIn must be a duration such as "90d", or "never"; got "90"'],
  ])("%o given %j", (parse, options, message) => {
    expect(refusalOf(() => parse(options)).message).toBe(message);
  });
});

describe.each(Object.entries({ parseActOptions, parseChangeOptions, parseRevokeOptions, parseRotateOptions }))(
  "%s",
  (_, parse) => {
    it("calls the whole of them options", () => {
      expect(refusalOf(() => parse(null)).field).toBe("options");
    });

    it.each(Object.entries(HOSTILE).filter(([name]) => name !== "an empty object" && name !== "a null prototype"))(
      "refuses %s",
      (_name, make) => {
        const refusal = refusalOf(() => parse(make()));
        expect(refusal.code).toBe("invalid_input");
        expect(refusal.field).toBeTypeOf("string");
      },
    );
  },
);
