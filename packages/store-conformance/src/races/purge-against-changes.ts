import assert from "node:assert/strict";
import { setImmediate as nextTurn } from "node:timers/promises";
import { headAfter, type Store } from "@claviger/core";
import { NOW_MS } from "../samples.js";
import { chainOfKey } from "../walk-chains.js";
import { eventsOf } from "../walk-events.js";
import { atOnce, awaitedLater, byTurns, issueRunner, type Runner } from "./act-at-once.js";
import type { Race } from "./race.js";

/** Of a chain, its changes in the order of their versions. */
async function changesOf(store: Store, key: Runner) {
  const events = await eventsOf(store, key);
  return events
    .flatMap(({ version, chain }) => (version === undefined || chain === undefined ? [] : [{ version, ...chain }]))
    .sort((a, b) => a.version - b.version);
}

/** Whoever reads a chain and then its events misses none of which no anchor tells. */
async function look(store: Store, key: Runner): Promise<void> {
  const before = await chainOfKey(store, key);
  const versions = (await changesOf(store, key)).map(({ version }) => version);
  const after = await chainOfKey(store, key);
  for (let version = 1 + (after?.anchor?.version ?? 0); version <= (before?.version ?? 0); version += 1) {
    assert.ok(versions.includes(version), `the event of version ${version} is gone, and no anchor stands for it`);
  }
}

export const purgeAgainstChanges: Race = {
  title:
    "promise 8: purge against changes of a key: at every moment, what is left of its chain begins at its anchor, and it verifies in the end",
  async run(course) {
    const { store } = course;
    const key = await issueRunner(course);
    const query = { tenant: key.tenant, beforeAt: NOW_MS + 1, limit: 3 };
    let isOver = false;
    const acting = awaitedLater(
      atOnce(
        course,
        byTurns(
          (index) => ({ verb: "update", ...key, input: { name: `writer ${index}` } }) as const,
          () => ({ verb: "purgeEvents", query }) as const,
        ),
      ).finally(() => {
        isOver = true;
      }),
    );
    while (!isOver) {
      await look(store, key);
      await nextTurn();
    }
    await acting;
    await atOnce(course, [{ verb: "update", ...key, input: { name: "The last" } }]);
    const chain = await chainOfKey(store, key);
    const changes = await changesOf(store, key);
    let { version, hash } = chain?.anchor ?? { version: 0, hash: null };
    for (const change of changes.filter((left) => left.version > version)) {
      version += 1;
      hash = headAfter(hash, change.bodyHash);
      assert.deepEqual({ version, hash }, { version: change.version, hash: change.hash });
    }
    assert.deepEqual({ version, head: hash }, { version: chain?.version, head: chain?.head });
    assert.equal(
      changes.length,
      1 + (chain?.version ?? 0) - Math.max(1, changes[0]?.version ?? 1),
      "and none is left behind it",
    );
  },
};
