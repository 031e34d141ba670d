import type { SignalListener } from "@claviger/core";
import { memoryStore } from "@claviger/memory";
import { storeConformance } from "@claviger/store-conformance";
import { afterEach, beforeEach, describe, it } from "vitest";
import { anotherHandle, cachedSubject } from "./support/cached-subject.js";

storeConformance({
  name: "memoryStore, every handle on it behind a cache of its own,",
  createStore: () => {
    const inner = memoryStore();
    const caches = new Set<SignalListener>();
    const open = () => cachedSubject(anotherHandle(inner), caches);
    return { store: open(), openAnother: open };
  },
  runner: { describe, it, beforeEach, afterEach },
});
