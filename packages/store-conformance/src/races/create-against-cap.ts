import assert from "node:assert/strict";
import { listed } from "../eventually.js";
import { CAP } from "../processes/caller.js";
import { freshTenant, NOW_MS } from "../samples.js";
import { walkList } from "../walk-list.js";
import { atOnce, byTurns, outcomes } from "./act-at-once.js";
import { chainedHistoryOf } from "./history.js";
import { AT_ONCE, type Race } from "./race.js";

export const createAgainstCap: Race = {
  title: `create against the cap: of parallel creates ${CAP} succeed, and exactly those keys are there`,
  async run(course) {
    const tenant = freshTenant();
    const input = { owner: "owner", name: "One of many" };
    const done = await atOnce(
      course,
      byTurns(() => ({ verb: "create", tenant, input }) as const),
    );
    assert.deepEqual(outcomes(done, "create"), { ok: CAP, limit_reached: AT_ONCE - CAP });
    const issued = done.flatMap(({ answer }) => answer.issued ?? []);
    const { store } = course;
    await listed(store, async () => {
      const ids = await walkList(store, { tenant, order: "oldest", limit: 100, nowMs: NOW_MS });
      assert.deepEqual(ids, issued.map(({ id }) => id).sort());
    });
    for (const { id } of issued) assert.equal((await chainedHistoryOf(store, { tenant, id })).changes.length, 1);
    const verified = await atOnce(
      course,
      issued.map(({ token }) => ({ verb: "verify", token }) as const),
    );
    assert.deepEqual(outcomes(verified, "verify"), { ok: CAP });
  },
};
