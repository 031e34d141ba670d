import assert from "node:assert/strict";
import { freshTenant } from "../samples.js";
import { atOnce, outcomes, type Runner } from "./act-at-once.js";
import { AT_ONCE, type Course, callerAt, type Race } from "./race.js";

const LIMIT = 1_000;
const ROUNDS_BEFORE = 2;

export const revokeAgainstCharges: Race = {
  title:
    "promise 2: revoke against verifies of a key with a limit, which every caller has charged before: it is revoked for good",
  async run(course) {
    const key = await issueLimited(course);
    const verifyEach = async (times: number) => {
      const acts = Array.from({ length: times }, () => ({ verb: "verify", ...key }) as const);
      return outcomes(await atOnce(course, acts), "verify");
    };
    const callers = course.callers.length;
    for (let round = 0; round < ROUNDS_BEFORE; round += 1) assert.deepEqual(await verifyEach(callers), { ok: callers });
    const underWay = verifyEach(AT_ONCE);
    await atOnce(course, [{ verb: "revoke", ...key }]);
    assert.deepEqual(await verifyEach(callers), { revoked: callers });
    const { ok = 0, revoked = 0 } = await underWay;
    assert.equal(ok + revoked, AT_ONCE, "each verify met the key before or after");
    assert.deepEqual(await verifyEach(callers), { revoked: callers });
  },
};

async function issueLimited(course: Course): Promise<Runner> {
  const tenant = freshTenant();
  const limits = [{ name: "all", kind: "credits", limit: LIMIT }] as const;
  const input = { owner: "owner", name: "A limited runner", limits };
  const { issued } = await callerAt(course, 0)({ verb: "create", tenant, input });
  if (issued === undefined) throw new Error("no key was issued");
  return { tenant, ...issued };
}
