import assert from "node:assert/strict";
import { atOnce, byTurns, issueRunner, outcomes, settle } from "./act-at-once.js";
import { chainedHistoryOf, countChanges } from "./history.js";
import { AT_ONCE, type Race } from "./race.js";

const HOUR_MS = 3_600_000;

export const rotateAgainstRotate: Race = {
  title: "rotate against rotate: one wins, the others are conflicts, and both secrets are somebody's",
  async run(course) {
    const key = await issueRunner(course);
    const done = await atOnce(
      course,
      byTurns(() => ({ verb: "rotate", ...key, overlapMs: HOUR_MS }) as const),
    );
    assert.deepEqual(outcomes(done, "rotate"), { ok: 1, conflict: AT_ONCE - 1 });
    const tokens = [key.token, ...done.flatMap(({ answer }) => answer.issued?.token ?? [])];
    const verified = await atOnce(
      course,
      tokens.map((token) => ({ verb: "verify", token }) as const),
    );
    assert.deepEqual(outcomes(verified, "verify"), { ok: 2 });
    await settle(course);
    assert.equal(countChanges(await chainedHistoryOf(course.store, key), "key.rotated"), 1);
  },
};
