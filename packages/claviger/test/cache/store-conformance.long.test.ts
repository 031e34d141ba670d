import { memoryStore } from "@claviger/memory";
import { mildFaults, storeConformance, withFaults } from "@claviger/store-conformance";
import { afterEach, beforeEach, describe, it } from "vitest";
import { usePostgres } from "../support/on-each-store.js";
import { cachedSubject } from "./support/cached-subject.js";

const runner = { describe, it, beforeEach, afterEach };

storeConformance({
  name: "memoryStore behind the cache, where calls are late, split and repeated,",
  createStore: () => cachedSubject(withFaults(memoryStore(), mildFaults())),
  runner,
});

describe("on PostgreSQL", () => {
  const { createStore } = usePostgres(24);
  storeConformance({
    name: "postgresStore behind the cache",
    createStore: () => cachedSubject(createStore()),
    runner,
  });
});
