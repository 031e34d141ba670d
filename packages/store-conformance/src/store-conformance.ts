import type { Store } from "@claviger/core";
import { CASES } from "./cases.js";
import { checkOptions } from "./check-options.js";
import { createSuite } from "./create-suite.js";
import type { Runner, StoreUnderTest } from "./suite.js";

export interface StoreConformanceOptions {
  /** Of the store, for the titles. */
  readonly name: string;
  /**
   * Called once or more in each test. The stores that it returns may share their data: no test uses a tenant, key or
   * event of another. The kit closes them.
   */
  readonly createStore: () => Store | StoreUnderTest | Promise<Store | StoreUnderTest>;
  readonly runner: Runner;
}

/**
 * Declares the tests that prove a store: every behaviour that the port promises, one a test, in whatever runs tests.
 *
 * @throws TypeError a wrong option, naming it, what is allowed and what was given
 */
export function storeConformance(options: StoreConformanceOptions): void {
  checkOptions(options);
  options.runner.describe(`${options.name} keeps what the port to a store promises`, () => {
    const suite = createSuite(options);
    for (const declare of Object.values(CASES)) declare(suite);
  });
}
