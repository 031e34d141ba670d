import assert from "node:assert/strict";
import { atOnce, byTurns, issueRunner, outcomes, settle } from "./act-at-once.js";
import { chainedHistoryOf, countChanges } from "./history.js";
import { AT_ONCE, type Race } from "./race.js";

export const rehashAgainstRevoke: Race = {
  title: "promise 2: rehash against revoke: the key is revoked for good, whether or not it was rehashed before",
  async run(course) {
    const key = await issueRunner(course);
    const verify = () => ({ verb: "verify", ...key }) as const;
    const done = await atOnce(
      course,
      byTurns(() => ({ verb: "revoke", ...key }) as const, verify, verify),
    );
    await settle(course);
    const { ok = 0, revoked = 0 } = outcomes(done, "verify");
    assert.equal(ok + revoked, (AT_ONCE * 2) / 3, "each verify met the key before or after");
    assert.deepEqual(outcomes(done, "revoke"), { ok: AT_ONCE / 3 });
    const after = await atOnce(course, byTurns(verify));
    assert.deepEqual(outcomes(after, "verify"), { revoked: AT_ONCE });
    await settle(course);
    const history = await chainedHistoryOf(course.store, key);
    assert.equal(history.key.state, "revoked");
    assert.equal(countChanges(history, "key.revoked"), 1);
  },
};
