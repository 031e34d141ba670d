import { storeConformance } from "@claviger/store-conformance";
import { afterEach, beforeEach, describe, it } from "vitest";
import { openSqliteStore } from "./open-sqlite-store.js";

storeConformance({
  name: "sqliteStore",
  createStore: openSqliteStore,
  runner: { describe, it, beforeEach, afterEach },
});
