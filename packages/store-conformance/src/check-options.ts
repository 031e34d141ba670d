import { describeKind, describeValue } from "@claviger/core";
import type { StoreConformanceOptions } from "./store-conformance.js";

const OPTIONS = ["name", "createStore", "runner"];
const RUNNER = ["describe", "it", "beforeEach", "afterEach"];

/** @throws TypeError naming the first option that is wrong, what is allowed and what was given */
export function checkOptions(options: StoreConformanceOptions): void {
  if (!isObject(options)) throw refusal("storeConformance", "given its options as an object", options);
  const unknown = Object.keys(options).find((name) => !OPTIONS.includes(name));
  if (unknown !== undefined) {
    throw new TypeError(`storeConformance has no option ${describeValue(unknown)}; allowed: ${OPTIONS.join(", ")}`);
  }
  const { name, createStore, runner } = options;
  if (typeof name !== "string" || name.trim() === "") throw refusal("name", "a text, for the titles", name);
  if (typeof createStore !== "function") throw refusal("createStore", "a function that makes a store", createStore);
  if (!isObject(runner)) throw refusal("runner", `an object with the functions ${RUNNER.join(", ")}`, runner);
  for (const member of RUNNER) {
    const given: unknown = Reflect.get(runner, member);
    if (typeof given !== "function")
      throw refusal(`runner.${member}`, "the test runner's function of that name", given);
  }
}

function refusal(option: string, allowed: string, given: unknown): TypeError {
  return new TypeError(`${option} must be ${allowed}; got ${describeKind(given)}`);
}

function isObject(value: unknown): value is object {
  return typeof value === "object" && value !== null;
}
