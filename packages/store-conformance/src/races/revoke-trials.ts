import assert from "node:assert/strict";
import { setImmediate as turn } from "node:timers/promises";
import { NOW_MS } from "../samples.js";
import type { StoreUnderTest } from "../suite.js";
import { usageNow, usageOf } from "../usage-sample.js";
import { atOnce, awaitedLater, issueRunner, outcomes, type Runner, settle } from "./act-at-once.js";
import { chainedHistoryOf, countChanges } from "./history.js";
import { type Course, callerAt, inFour, inHandles } from "./race.js";

/** What is tried, and what came of it. */
export interface RevokeTally {
  /** Trials in which the key was rehashed before it was revoked. */
  readonly rehashed: number;
  /** Verifies that were under way when the key was revoked, and came before. */
  readonly accepted: number;
  /** And those that came after. */
  readonly denied: number;
}

/** So many verifies are under way when the key is revoked: in four processes, two in each. */
const VERIFIES = 8;
/** Half of the verifies record their use: a handle that only reads must hear of the revocation no later. */
const recordsUse = (index: number): boolean => (index + (index >> 2)) % 2 === 1;
const LAST_RECORDED = 6;
/**
 * Before the revoke begins, so many reads are waited for: a database is a round trip away, memory a fraction of a turn.
 * Keyrings hold calls back for the end of a turn, to send them together, so in every other trial each wait takes one.
 */
const WAITS = [0, 1, 2, 3, 5, 8, 13, 21];
/** So many trials run side by side, each with a key of its own. */
const SIDE_BY_SIDE = 8;

/**
 * Promise 2, again and again: a key is revoked amid verifies of it that rehash it and of which half record its use, 8 by one keyring
 * or 2 by each of four. From when `revoke` has resolved every verify fails, the key is revoked in the store, and its
 * events are those of its versions.
 *
 * @param trials how many keys are tried
 * @param callers `four` of them, each in a process of its own where `subject.process` says how; else one, or one for
 *   each store that `openAnother` opens
 * @throws AssertionError a key came back
 */
export async function revokeTrials(
  subject: StoreUnderTest,
  trials: number,
  callers: "one" | "four",
): Promise<RevokeTally> {
  const { store } = subject;
  const work = (each: Course["callers"]): Promise<RevokeTally> => tryAll({ store, callers: each }, trials);
  return callers === "one" ? inHandles(subject, work) : inFour(subject, work);
}

async function tryAll(course: Course, trials: number): Promise<RevokeTally> {
  const tally = { rehashed: 0, accepted: 0, denied: 0 };
  let begun = 0;
  const lane = async (): Promise<void> => {
    while (begun < trials) {
      begun += 1;
      const came = await tryOnce(course, begun);
      tally.rehashed += came.rehashed;
      tally.accepted += came.accepted;
      tally.denied += came.denied;
    }
  };
  const stopAll = (error: unknown): never => {
    begun = trials;
    throw error;
  };
  const lanes = await Promise.allSettled(Array.from({ length: SIDE_BY_SIDE }, () => lane().catch(stopAll)));
  for (const ended of lanes) if (ended.status === "rejected") throw ended.reason;
  return tally;
}

async function tryOnce(course: Course, trial: number): Promise<RevokeTally> {
  const key = await issueRunner(course);
  const verifyAndCount = async (index: number): Promise<string> => {
    const caller = callerAt(course, index);
    if (index % 4 === 3) await turn();
    const { outcome } = await caller({ verb: "verify", token: key.token });
    if (recordsUse(index)) {
      await caller({ verb: "recordUsage", batch: [usageOf(key, { lastUsedAt: NOW_MS + index })] });
    }
    return outcome;
  };
  const begin = (from: number, to: number): Promise<string>[] =>
    Array.from({ length: to - from }, (_, index) => awaitedLater(verifyAndCount(from + index)));
  // All of them, half or none have begun when the revoke does, which comes before, between or after their round trips.
  const already = VERIFIES - (trial % 3) * (VERIFIES / 2);
  const underWay = begin(0, already);
  const waits = WAITS[(trial >> 2) % WAITS.length] ?? 0;
  for (let waited = 0; waited < waits; waited += 1) {
    await course.store.find([key.id]);
    if (trial % 2 === 1) await turn();
  }
  const revoking = callerAt(course, trial)({ verb: "revoke", ...key });
  underWay.push(...begin(already, VERIFIES));
  const revoked = await revoking;
  assert.equal(revoked.outcome, "ok");
  await expectRevoked(course, key);

  const met = await Promise.all(underWay);
  const accepted = met.filter((outcome) => outcome === "ok").length;
  const denied = met.filter((outcome) => outcome === "revoked").length;
  assert.equal(accepted + denied, VERIFIES, "each verify met the key before or after");
  await settle(course);
  await expectRevoked(course, key);
  const history = await chainedHistoryOf(course.store, key);
  assert.equal(history.key.state, "revoked");
  assert.equal(countChanges(history, "key.revoked"), 1);
  assert.equal((await usageNow(course.store, key)).lastUsedAt, NOW_MS + LAST_RECORDED);
  return { rehashed: countChanges(history, "key.rehashed"), accepted, denied };
}

/** Through every caller. */
async function expectRevoked(course: Course, { token }: Runner): Promise<void> {
  const acts = course.callers.map(() => ({ verb: "verify", token }) as const);
  assert.deepEqual(outcomes(await atOnce(course, acts), "verify"), { revoked: acts.length });
}
