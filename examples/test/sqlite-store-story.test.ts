import { expect, it } from "vitest";
import { openSqliteStore } from "./open-sqlite-store.js";
import { play } from "./play.js";

it("the demo's story holds over SQLite", async () => {
  const { store, remove } = openSqliteStore();
  const { failure } = await play({ store });
  await remove?.();
  expect(failure).toBeUndefined();
});
