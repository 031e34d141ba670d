import { revokeTrials } from "@claviger/store-conformance";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { subjectOf } from "./subject.js";
import { openTable, type TestTable } from "./test-table.js";

const TRIALS = 10_000;
const AN_HOUR_MS = 3_600_000;

describe(`promise 2: ${TRIALS} keys revoked amid verifies, usage writes and rehashes`, () => {
  let opened: TestTable;
  beforeAll(async () => {
    opened = await openTable("trials");
  });
  afterAll(() => opened.remove());

  it.each(["one", "four"] as const)(
    "none comes back: processes: %s",
    async (processes) => {
      const { rehashed, accepted, denied } = await revokeTrials(subjectOf(opened), TRIALS, processes);
      // The race was one: each side won it, many times.
      expect(Math.min(rehashed, TRIALS - rehashed, accepted, denied)).toBeGreaterThan(TRIALS / 100);
    },
    AN_HOUR_MS,
  );
});
