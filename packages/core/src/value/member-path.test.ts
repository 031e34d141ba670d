import { expect, it } from "vitest";
import { memberPath } from "./member-path.js";

it.each([
  ["input", [], "input"],
  ["settings.", [], "settings"],
  ["input", ["limits", 0, "per"], "limits[0].per"],
  ["settings.", ["maxLifetime"], "settings.maxLifetime"],
  ["peppers.", [0, "id"], "peppers.[0].id"],
  ["input", [Symbol("s")], "Symbol(s)"],
])("%s %j is %s", (root, path, shown) => {
  expect(memberPath(root, path as readonly PropertyKey[])).toBe(shown);
});

it("stays short whatever a caller calls his fields", () => {
  expect(memberPath("input", ["x".repeat(1_000_000)]).length).toBeLessThanOrEqual(200);
});
