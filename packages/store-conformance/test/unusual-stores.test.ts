import { memoryStore } from "@claviger/memory";
import { asFoundStore } from "@claviger/testing";
import { afterEach, beforeEach, describe, it } from "vitest";
import { storeConformance } from "../src/store-conformance.js";
import { emptyFirstPages, oneItemPages } from "./support/paged-store.js";

const runner = { describe, it, beforeEach, afterEach };

storeConformance({ name: "a store whose pages hold one item", createStore: oneItemPages, runner });
storeConformance({
  name: "a store whose first page is empty, and whose last one says that more may follow,",
  createStore: emptyFirstPages,
  runner,
});
storeConformance({
  name: "a store that charges keys as they were found",
  createStore: () => asFoundStore(memoryStore()),
  runner,
});
