import { memoryStore } from "@claviger/memory";
import { afterEach, beforeEach, describe, it } from "vitest";
import { createSuite } from "../create-suite.js";
import { RACE_CASES } from "./all-races.js";

describe("memory", () => {
  const suite = createSuite({
    createStore: () => {
      const store = memoryStore();
      return { store, openAnother: () => ({ ...store }) };
    },
    runner: { describe, it, beforeEach, afterEach },
  });
  for (const declare of Object.values(RACE_CASES)) declare(suite);
});
