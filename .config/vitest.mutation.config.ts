import type { ViteUserConfig } from "vitest/config";
import { filesOf } from "./vitest.base.js";

// What Stryker runs for a mutant: the tests of core, which need no server. Properties run less often than in a test run,
// always from the fixed seed, so that a mutant lives or dies alike each time. When a test hangs, Stryker is to say so.
const files = filesOf({ long: false, propertyRuns: 25, testTimeoutMs: 300_000 });

// Folds texts of all of Unicode, and reaches no mutant but those that run every test.
const slow = ["packages/core/src/key/search-text.test.ts"];

const config: ViteUserConfig = files({
  name: "core",
  include: ["packages/core/{src,test}/**/*.test.ts"],
  exclude: slow,
});

export default config;
