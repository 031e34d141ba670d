import { describe, expect, it } from "vitest";
import { NOW } from "../../test/a-key.js";
import { HOSTILE } from "../../test/hostile.js";
import { refusalOf } from "../../test/refusal.js";
import { anyScopes } from "../scope/any-scopes.js";
import { defineScopes } from "../scope/define-scopes.js";
import type { ListQuery } from "../store/list-query.js";
import { formatCursor } from "./cursor.js";
import { parseListInput } from "./list-input.js";

const parse = (input: unknown): ListQuery => parseListInput(input, "t_1", anyScopes, NOW);

describe("parseListInput", () => {
  it("QL-36 lists the newest 20 unless asked otherwise", () => {
    const plain = { tenant: "t_1", order: "newest", limit: 20, nowMs: NOW };
    expect(parse(undefined)).toEqual(plain);
    expect(parse({})).toEqual(plain);
  });

  it("QL-36 takes pages of 1 to 100", () => {
    expect([parse({ pageSize: 1 }).limit, parse({ pageSize: 100 }).limit]).toEqual([1, 100]);
    for (const pageSize of [0, 101, -1, 1.5, "20", Number.NaN]) {
      expect(refusalOf(() => parse({ pageSize }))).toMatchObject({ code: "invalid_input", field: "pageSize" });
    }
  });

  it("passes the filters on: folded search, the position behind the cursor, the grants that cover the scope", () => {
    const after = { createdAt: NOW, id: "Ab3dEfGh1jKlMn0p" };
    const catalogue = defineScopes(
      { invoices: ["read", "write"] },
      { implies: { "invoices:write": ["invoices:read"] } },
    );
    const input = {
      owner: "User_1",
      status: "expired",
      scope: "invoices:read",
      search: "ÄX",
      sort: "oldest",
      cursor: formatCursor(after),
    };
    const query = parseListInput(input, "t_1", catalogue, NOW);
    expect(query).toMatchObject({ owner: "User_1", status: "expired", search: "äx", order: "oldest", after });
    expect(query.grants).toEqual(
      expect.arrayContaining(["invoices:read", "invoices:*", "**", "invoices:write", "*:write"]),
    );
    expect(query.grants).not.toContain("invoices");
  });

  it("never takes the tenant from the input", () => {
    expect(refusalOf(() => parse({ tenant: "t_2" })).field).toBe("tenant");
  });

  it.each([
    ["status", "destroyed"],
    ["status", "deleted"],
    ["sort", "name"],
    ["scope", "invoices:*"],
    ["scope", ""],
    ["search", "a\u001fb"],
    ["search", ""],
    ["search", "x".repeat(201)],
    ["owner", " "],
    ["owner", "x".repeat(129)],
    ["cursor", "1"],
  ])("refuses %s %j", (field, value) => {
    expect(refusalOf(() => parse({ [field]: value }))).toMatchObject({ code: "invalid_input", field });
  });

  const fields = ["owner", "status", "scope", "search", "sort", "cursor", "pageSize"];
  it.each(fields.flatMap((field) => Object.keys(HOSTILE).map((name) => [field, name] as const)))(
    "%s refuses %s",
    (field, name) => {
      expect(refusalOf(() => parse({ [field]: HOSTILE[name]?.() })).field).toMatch(new RegExp(`^(input|${field})`));
    },
  );
});
