import { afterEach, beforeEach, describe, it } from "vitest";
import { storeConformance } from "../src/store-conformance.js";
import { clockedStore } from "./support/clocked-store.js";
import { laggingStore } from "./support/lagging-store.js";

const runner = { describe, it, beforeEach, afterEach };

storeConformance({ name: "a store whose lists lag", createStore: laggingStore, runner });
storeConformance({ name: "a store with a clock of its own", createStore: clockedStore, runner });
