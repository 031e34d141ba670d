import { memoryStore } from "@claviger/memory";
import { storeConformance } from "@claviger/store-conformance";
import { afterEach, beforeEach, describe, it } from "vitest";
import { batchedStore } from "../../src/batches/batched-store.js";
import { anotherHandle } from "../cache/support/cached-subject.js";

storeConformance({
  name: "memoryStore, every handle on it with batches of its own,",
  createStore: () => {
    const inner = memoryStore();
    const open = () => batchedStore(anotherHandle(inner));
    return { store: open(), openAnother: open };
  },
  runner: { describe, it, beforeEach, afterEach },
});
