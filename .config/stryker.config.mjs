// Mutation testing of what core decides: each mutant is one operator, condition, constant or text changed, and a test
// must fail for it. docs/reference/mutation-testing.md says what came of it. Texts of errors are changed too: the tests
// say what a refusal tells its reader.

export default {
  plugins: ["@stryker-mutator/vitest-runner"],
  testRunner: "vitest",
  vitest: { configFile: ".config/vitest.mutation.config.ts" },
  mutate: ["packages/core/src/{token,digest,scope,lifecycle,limits,verify}/**/*.ts", "!**/*.test.ts"],
  // Copied to the sandbox: core and what runs its tests.
  ignorePatterns: ["**", "!packages/core/**", "!.config/**", "!*.json", "node_modules"],
  tempDirName: ".tmp/stryker",
  concurrency: 2,
  // On top of one and a half times what the tests took unchanged. Too short on a busy machine, and a survivor would
  // count as an endless loop.
  timeoutMS: 30_000,
  incremental: true,
  incrementalFile: ".reports/mutation/incremental.json",
  reporters: ["clear-text", "html", "json"],
  clearTextReporter: { allowColor: false, allowEmojis: false, logTests: false, reportTests: false },
  htmlReporter: { fileName: ".reports/mutation/index.html" },
  jsonReporter: { fileName: ".reports/mutation/report.json" },
  allowConsoleColors: false,
  // Static mutants (schemas and tables, made as a module loads) run every test. They are wanted all the same.
  warnings: { slow: false },
  thresholds: { high: 95, low: 90, break: 90 },
};
