// Prints `N passed, N failed, N skipped` from vitest's report; a file that could not even be loaded is one failure.
// Ends with 1 when there is no report or no test passed.

import { existsSync, readFileSync } from "node:fs";

/** @typedef {{ status: "passed" | "failed" | "skipped" | "pending" | "todo" }} Outcome */

const path = new URL("../.reports/vitest.json", import.meta.url);
/** @type {(Outcome & { assertionResults: Outcome[] })[]} */
const files = existsSync(path) ? JSON.parse(readFileSync(path, "utf8")).testResults : [];

/** @param {readonly Outcome[]} outcomes @param {Outcome["status"]} status */
const count = (outcomes, status) => outcomes.filter((outcome) => outcome.status === status).length;

const tests = files.flatMap((file) => file.assertionResults);
const unloadable = files.filter(
  (file) => file.status === "failed" && count(file.assertionResults, "failed") === 0,
).length;
const passed = count(tests, "passed");
const failed = count(tests, "failed");

console.log(`${passed} passed, ${failed + unloadable} failed, ${tests.length - passed - failed} skipped`);
process.exitCode = passed > 0 ? 0 : 1;
