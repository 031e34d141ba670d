import assert from "node:assert/strict";
import { NOW_MS } from "../samples.js";
import { usageNow, usageOf } from "../usage-sample.js";
import { atOnce, byTurns, issueRunner, outcomes } from "./act-at-once.js";
import { chainedHistoryOf, countChanges } from "./history.js";
import { AT_ONCE, type Race } from "./race.js";

const REVOKES = AT_ONCE / 4;
const USES = AT_ONCE - REVOKES;

export const usageAgainstRevoke: Race = {
  title: "promise 2: usage against revoke: the key is revoked for good, once, and no use goes uncounted",
  async run(course) {
    const key = await issueRunner(course);
    const use = (index: number) =>
      ({ verb: "recordUsage", batch: [usageOf(key, { lastUsedAt: NOW_MS + index })] }) as const;
    const done = await atOnce(
      course,
      byTurns(use, use, () => ({ verb: "revoke", ...key }) as const, use),
    );
    assert.deepEqual(outcomes(done, "revoke"), { ok: REVOKES });
    const history = await chainedHistoryOf(course.store, key);
    assert.equal(history.key.state, "revoked");
    assert.equal(countChanges(history, "key.revoked"), 1);
    assert.equal(history.key.lastUsedAt, NOW_MS + AT_ONCE - 1, "the latest of the uses");
    const { counts } = await usageNow(course.store, key);
    assert.deepEqual(
      counts.map(({ count }) => count),
      [USES],
    );
  },
};
