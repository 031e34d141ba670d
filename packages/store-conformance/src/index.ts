export { type StoreConformanceOptions, storeConformance } from "./store-conformance.js";
export type { ProcessEntry, Runner, StoreUnderTest } from "./suite.js";
