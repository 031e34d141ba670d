import assert from "node:assert/strict";
import { credits, requestOf } from "../charge-sample.js";
import { NOW_MS } from "../samples.js";
import { atOnce } from "./act-at-once.js";
import type { Race } from "./race.js";

const CALLS = 200;
const LIMIT = 60;

export const consumeAgainstLimit: Race = {
  title: `promise 3: consume against the limit: ${CALLS} requests at once under several limits are admitted ${LIMIT} times`,
  async run(course) {
    const request = requestOf([credits(LIMIT + 40, 1, "window:wide"), credits(LIMIT, 1, "window:tight")]);
    const done = await atOnce(
      course,
      Array.from({ length: CALLS }, () => ({ verb: "consume", requests: [request], nowMs: NOW_MS }) as const),
    );
    const admitted = done.flatMap(({ answer }) => answer.admitted ?? []);
    assert.equal(admitted.length, CALLS);
    assert.equal(
      admitted.reduce((sum, units) => sum + units, 0),
      LIMIT,
    );
    const [last] = await course.store.consume([request], NOW_MS);
    assert.deepEqual(
      last?.meters.map((meter) => meter?.form === "window" && meter.used),
      [LIMIT, LIMIT],
      "what was refused has spent nothing of the wider limit",
    );
  },
};
