import { expect, it } from "vitest";

// A schema or a table that cannot be made throws as its module is loaded. Loaded inside a test, that is a failed test;
// above one, it is a file without tests, which not every runner counts.
it("core loads", async () => {
  expect(await import("../src/index.js")).toHaveProperty("chargesFor");
});
