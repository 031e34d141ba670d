import { memoryStore } from "@claviger/memory";
import type { StoreConformanceOptions } from "../../src/store-conformance.js";
import { changesArguments } from "../broken/changes-arguments.js";

/** What the runner of this process is to prove: memory's store, or one that must fail. */
export const subject: Omit<StoreConformanceOptions, "runner"> =
  process.env.SUBJECT === "broken"
    ? { name: "a broken store", createStore: changesArguments.create }
    : { name: "memoryStore", createStore: memoryStore };
