export { type Fault, type FaultPlan, faultPlans, mildFaults } from "./faults/fault.js";
export { InjectedFault } from "./faults/injected-fault.js";
export { withFaults } from "./faults/with-faults.js";
export { type RevokeTally, revokeTrials } from "./races/revoke-trials.js";
export { type StoreConformanceOptions, storeConformance } from "./store-conformance.js";
export type { ProcessEntry, Runner, StoreUnderTest } from "./suite.js";
