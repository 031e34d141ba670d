import { storeCases } from "@claviger/testing";
import { describe, it } from "vitest";
import { memoryStore } from "../src/memory-store.js";

storeCases("memoryStore", { describe, it, createStore: async () => memoryStore() });
