import { fileURLToPath } from "node:url";
import { defineConfig, type ViteUserConfig } from "vitest/config";
import { fastCheckEnv } from "./fast-check.env.js";
import { LongestFirst } from "./longest-first.js";

const testFiles = ["packages/*/{src,test}/**/*.test.ts", "examples/**/*.test.ts"];
const longTestFiles = "**/*.long.test.ts";

interface Run {
  /** Whether files named *.long.test.ts take part. */
  readonly long: boolean;
  /** Runs of each property that sets no number of its own. */
  readonly propertyRuns: number;
  /** Without one the seed is fixed. FC_SEED overrides both. */
  readonly seed?: "random";
  /** A whole test, property runs included; a hang is meant to fail, a slow machine is not. */
  readonly testTimeoutMs: number;
}

export function vitestConfig({ long, propertyRuns, seed, testTimeoutMs }: Run): ViteUserConfig {
  return defineConfig({
    root: fileURLToPath(new URL("..", import.meta.url)),
    resolve: { conditions: ["source", "node"] },
    ssr: { resolve: { conditions: ["source", "node"] } },
    test: {
      include: testFiles,
      exclude: ["**/node_modules/**", ...(long ? [] : [longTestFiles])],
      globalSetup: [fileURLToPath(new URL("./postgres.global-setup.ts", import.meta.url))],
      setupFiles: [fileURLToPath(new URL("./fast-check.setup.ts", import.meta.url))],
      env: fastCheckEnv({ runs: propertyRuns, ...(seed === undefined ? {} : { seed }) }),
      reporters: ["default", "json"],
      outputFile: { json: ".reports/vitest.json" },
      testTimeout: testTimeoutMs,
      hookTimeout: 60_000,
      maxWorkers: 2,
      sequence: { sequencer: LongestFirst },
    },
  });
}
