import { memoryStore } from "@claviger/memory";
import { afterEach, beforeEach, describe, expect, it, type RunnerTask } from "vitest";
import { storeConformance } from "../src/store-conformance.js";
import { runNode } from "./support/run-node.js";

const MOCHA = ["node_modules/mocha/bin/mocha.js", "--no-config", "--reporter", "json", "test/runners/mocha.ts"];
const NODE_TEST = ["--test-reporter=tap", "test/runners/node-test.ts"];
/** The only one that the broken store fails. */
const FAILING = "no method changes what it is given";
/** Two processes that start, on a machine that is busy with other tests. */
const TIMEOUT_MS = 300_000;

interface Counts {
  readonly tests: number;
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
}

storeConformance({ name: "memoryStore", createStore: memoryStore, runner: { describe, it, beforeEach, afterEach } });

describe("the kit under other runners", () => {
  it("node:test runs as many tests as vitest collects, skips none, and is satisfied", { timeout: TIMEOUT_MS }, async ({
    task,
  }) => {
    const tests = countKit(task.file.tasks);
    const { exitCode, stdout } = await runNode(NODE_TEST, {});
    expect(countsOfTap(stdout)).toEqual({ tests, passed: tests, failed: 0, skipped: 0 });
    expect(exitCode).toBe(0);
  });

  it("mocha runs as many tests as vitest collects, skips none, and is satisfied", { timeout: TIMEOUT_MS }, async ({
    task,
  }) => {
    const tests = countKit(task.file.tasks);
    const { exitCode, stdout } = await runNode(MOCHA, {});
    expect(countsOfMocha(stdout)).toEqual({ tests, passed: tests, failed: 0, skipped: 0 });
    expect(exitCode).toBe(0);
  });

  it("both end in failure where the store is broken", { timeout: TIMEOUT_MS }, async () => {
    const broken = { SUBJECT: "broken" };
    const node = await runNode([`--test-name-pattern=${FAILING}`, ...NODE_TEST], broken);
    expect(countsOfTap(node.stdout)).toMatchObject({ passed: 0, failed: 1 });
    expect(node.exitCode).not.toBe(0);
    const mocha = await runNode([...MOCHA, "--grep", FAILING], broken);
    expect(countsOfMocha(mocha.stdout)).toEqual({ tests: 1, passed: 0, failed: 1, skipped: 0 });
    expect(mocha.exitCode).not.toBe(0);
  });
});

/** The tests of the first suite, which is the kit's. */
function countKit(tasks: readonly RunnerTask[]): number {
  const [kit] = tasks;
  return kit?.type === "suite" ? countTests(kit) : 0;
}

function countTests(task: RunnerTask): number {
  if (task.type !== "suite") return 1;
  return task.tasks.reduce((sum, inside) => sum + countTests(inside), 0);
}

function countsOfTap(tap: string): Counts {
  const count = (what: string) => Number(new RegExp(`^# ${what} (\\d+)$`, "m").exec(tap)?.[1]);
  return {
    tests: count("tests"),
    passed: count("pass"),
    failed: count("fail"),
    skipped: count("skipped") + count("todo") + count("cancelled"),
  };
}

function countsOfMocha(json: string): Counts {
  const { stats } = JSON.parse(json);
  return { tests: stats.tests, passed: stats.passes, failed: stats.failures, skipped: stats.pending };
}
