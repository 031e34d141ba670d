import assert from "node:assert/strict";
import { credits } from "../charge-sample.js";
import { NOW_MS } from "../samples.js";
import { noUsage, usageNow, usageOf } from "../usage-sample.js";
import { atOnce, byTurns, issueRunner, outcomes, settle } from "./act-at-once.js";
import { chainedHistoryOf, countChanges } from "./history.js";
import type { Race } from "./race.js";

const HOUR_MS = 3_600_000;

export const deleteAgainstEverything: Race = {
  title: "promise 2: delete against every other act: the key is gone, with its usage, and its events end with that",
  async run(course) {
    const key = await issueRunner(course);
    const requests = [{ tenant: key.tenant, keyId: key.id, charges: [credits(1_000)], units: 1 }];
    const done = await atOnce(
      course,
      byTurns(
        () => ({ verb: "verify", ...key }) as const,
        () => ({ verb: "recordUsage", batch: [usageOf(key)] }) as const,
        () => ({ verb: "disable", ...key }) as const,
        () => ({ verb: "delete", ...key }) as const,
        () => ({ verb: "rotate", ...key, overlapMs: HOUR_MS }) as const,
        (index) => ({ verb: "update", ...key, input: { name: `writer ${index}` } }) as const,
        () => ({ verb: "enable", ...key }) as const,
        () => ({ verb: "consume", requests, nowMs: NOW_MS }) as const,
      ),
    );
    // A delete may lose more swaps than the keyring tries: then it must be told so, and asked again.
    const { ok = 0, conflict = 0 } = outcomes(done, "delete");
    assert.equal(ok + conflict, done.filter(({ act }) => act.verb === "delete").length);
    if (ok === 0) assert.equal(outcomes(await atOnce(course, [{ verb: "delete", ...key }]), "delete").ok, 1);
    await settle(course);
    await atOnce(
      course,
      byTurns(
        () => ({ verb: "recordUsage", batch: [usageOf(key)] }) as const,
        () => ({ verb: "enable", ...key }) as const,
      ),
    );
    const { store } = course;
    const history = await chainedHistoryOf(store, key);
    assert.equal(history.key.state, "destroyed");
    assert.equal(countChanges(history, "key.deleted"), 1);
    assert.deepEqual(await usageNow(store, key), noUsage(key.id));
    assert.deepEqual(outcomes(await atOnce(course, [{ verb: "verify", ...key }]), "verify"), { unknown: 1 });
  },
};
