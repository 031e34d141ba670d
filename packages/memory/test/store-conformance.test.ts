import { storeConformance } from "@claviger/store-conformance";
import { afterEach, beforeEach, describe, it } from "vitest";
import { memoryStore } from "../src/memory-store.js";

storeConformance({ name: "memoryStore", createStore: memoryStore, runner: { describe, it, beforeEach, afterEach } });
