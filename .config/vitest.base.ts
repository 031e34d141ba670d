import { fileURLToPath } from "node:url";
import type { TestProjectInlineConfiguration, ViteUserConfig } from "vitest/config";
import { fastCheckEnv } from "./fast-check.env.js";
import { filesApart } from "./files-apart.js";
import { LongestFirst } from "./longest-first.js";

/** Their tests leave nothing behind: no process, no connection, no timer. */
const SHARING = "packages/*/{src,test}/**/*.test.ts";
const OTHERS = "examples/**/*.test.ts";
const LONG = "**/*.long.test.ts";

const root = fileURLToPath(new URL("..", import.meta.url));

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

interface Files {
  readonly name: string;
  readonly include: string[];
  readonly exclude?: string[];
  /** Whether each file has a process to itself; so it is unless said otherwise. */
  readonly isolate?: boolean;
}

/**
 * Files that leave nothing behind share processes, for to load everything anew for each takes longer than most of them do.
 * Those that replace modules do not share: they would reach none that another file has loaded. Nor do those that count timers.
 */
export function vitestConfig(run: Run): ViteUserConfig {
  const files = filesOf(run);
  const apart = filesApart(root);
  return {
    root,
    test: {
      projects: [
        files({ name: "apart", include: [OTHERS, ...apart] }),
        files({ name: "shared", include: [SHARING], exclude: apart, isolate: false }),
      ],
      globalSetup: [fileURLToPath(new URL("./postgres.global-setup.ts", import.meta.url))],
      reporters: ["default", "json"],
      outputFile: { json: ".reports/vitest.json" },
      maxWorkers: 2,
      sequence: { sequencer: LongestFirst },
    },
  };
}

/** Some files as the run has them; the same seed for all. */
export function filesOf({
  long,
  propertyRuns,
  seed,
  testTimeoutMs,
}: Run): (files: Files) => TestProjectInlineConfiguration {
  const env = fastCheckEnv({ runs: propertyRuns, ...(seed === undefined ? {} : { seed }) });
  return ({ exclude = [], ...files }) => ({
    root,
    resolve: { conditions: ["source", "node"] },
    ssr: { resolve: { conditions: ["source", "node"] } },
    test: {
      ...files,
      exclude: ["**/node_modules/**", ...exclude, ...(long ? [] : [LONG])],
      setupFiles: [fileURLToPath(new URL("./fast-check.setup.ts", import.meta.url))],
      env,
      testTimeout: testTimeoutMs,
      hookTimeout: 60_000,
    },
  });
}
