import { mildFaults, storeConformance, withFaults } from "@claviger/store-conformance";
import { afterEach, beforeEach, describe, it } from "vitest";
import { memoryStore } from "../src/memory-store.js";

const runner = { describe, it, beforeEach, afterEach };

storeConformance({ name: "memoryStore", createStore: memoryStore, runner });

storeConformance({
  name: "memoryStore, where calls are late, split and repeated,",
  createStore: () => withFaults(memoryStore(), mildFaults()),
  runner,
});
