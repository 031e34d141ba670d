import assert from "node:assert/strict";
import { atOnce, byTurns, issueRunner, outcomes } from "./act-at-once.js";
import { chainedHistoryOf, countChanges } from "./history.js";
import { AT_ONCE, type Race } from "./race.js";

export const enableAgainstRevoke: Race = {
  title: "promise 2: enable against revoke: the key is revoked for good, whether or not it was enabled before",
  async run(course) {
    const key = await issueRunner(course);
    await atOnce(course, [{ verb: "disable", ...key }]);
    const done = await atOnce(
      course,
      byTurns(
        () => ({ verb: "enable", ...key }) as const,
        () => ({ verb: "revoke", ...key }) as const,
      ),
    );
    const { ok = 0, illegal_transition: late = 0 } = outcomes(done, "enable");
    assert.equal(ok + late, AT_ONCE / 2, "an enable comes before the revoke or is refused");
    assert.deepEqual(outcomes(done, "revoke"), { ok: AT_ONCE / 2 });
    const history = await chainedHistoryOf(course.store, key);
    assert.equal(history.key.state, "revoked");
    assert.equal(countChanges(history, "key.revoked"), 1);
    assert.ok(countChanges(history, "key.enabled") <= 1);
    const verified = await atOnce(course, [{ verb: "verify", ...key }]);
    assert.deepEqual(outcomes(verified, "verify"), { revoked: 1 });
  },
};
