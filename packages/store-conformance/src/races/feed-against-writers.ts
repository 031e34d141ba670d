import assert from "node:assert/strict";
import { setImmediate as nextTurn } from "node:timers/promises";
import type { AuditEvent, Store } from "@claviger/core";
import { among, feedEnd, feedPage, feedThrough } from "../walk-feed.js";
import { atOnce, awaitedLater, byTurns, issueRunner } from "./act-at-once.js";
import { chainedHistoryOf } from "./history.js";
import type { Race } from "./race.js";

const KEYS = 4;

/** What a reader met who polled the feed all the while, and where he stood when the work was done. */
interface Polled {
  readonly met: readonly AuditEvent[];
  readonly position: string | undefined;
}

async function pollDuring(store: Store, from: string | undefined, work: Promise<unknown>): Promise<Polled> {
  const met: AuditEvent[] = [];
  let position = from;
  let isOver = false;
  const end = () => {
    isOver = true;
  };
  work.then(end, end);
  while (!isOver) {
    const page = await feedPage(store, position, 7);
    met.push(...page.items);
    position = page.position ?? position;
    // A store that answers from memory would leave nobody else a turn.
    await nextTurn();
  }
  await work;
  return { met, position };
}

export const feedAgainstWriters: Race = {
  title:
    "the feed against writers to several keys at once: whoever reads on meets every change, none overtaken by a later one of its key",
  async run(course) {
    const { store } = course;
    const from = await feedEnd(store);
    const keys = await Promise.all(Array.from({ length: KEYS }, () => issueRunner(course)));
    const keyAt = (index: number) => keys[index % KEYS] ?? assert.fail("there are keys");
    const writing = awaitedLater(
      atOnce(
        course,
        byTurns(
          (index) => ({ verb: "update", ...keyAt(index), input: { name: `writer ${index}` } }) as const,
          (index) => ({ verb: "disable", ...keyAt(index) }) as const,
          (index) => ({ verb: "enable", ...keyAt(index) }) as const,
        ),
      ),
    );
    const { met, position } = await pollDuring(store, from, writing);
    for (const key of keys) {
      const { changes } = await chainedHistoryOf(store, key);
      const early = new Set(met.map(({ id }) => id));
      const missing = changes.map(({ id }) => id).filter((id) => !early.has(id));
      const late = await feedThrough(store, position, missing);
      const told = among([...met, ...late.met], changes);
      assert.deepEqual(told, changes, "each change, in the order of the versions");
    }
  },
};
