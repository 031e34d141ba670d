import assert from "node:assert/strict";
import { atOnce, byTurns, issueRunner, outcomes } from "./act-at-once.js";
import { chainedHistoryOf, countChanges } from "./history.js";
import { AT_ONCE, type Race } from "./race.js";

const HOUR_MS = 3_600_000;

export const rotateAgainstDisable: Race = {
  title: "rotate against disable: the key is rotated once and disabled once, and no rotation enables it",
  async run(course) {
    const key = await issueRunner(course);
    const done = await atOnce(
      course,
      byTurns(
        () => ({ verb: "rotate", ...key, overlapMs: HOUR_MS }) as const,
        () => ({ verb: "disable", ...key }) as const,
      ),
    );
    assert.deepEqual(outcomes(done, "rotate"), { ok: 1, conflict: AT_ONCE / 2 - 1 });
    assert.deepEqual(outcomes(done, "disable"), { ok: AT_ONCE / 2 });
    const history = await chainedHistoryOf(course.store, key);
    assert.equal(history.key.state, "disabled");
    assert.equal(countChanges(history, "key.rotated"), 1);
    assert.equal(countChanges(history, "key.disabled"), 1);
    const tokens = [key.token, ...done.flatMap(({ answer }) => answer.issued?.token ?? [])];
    const verified = await atOnce(
      course,
      tokens.map((token) => ({ verb: "verify", token }) as const),
    );
    assert.deepEqual(outcomes(verified, "verify"), { disabled: 2 });
  },
};
