import type { Suite } from "../suite.js";
import { revokeTrials } from "./revoke-trials.js";

const TRIALS = 300;

export function revokeAgainstVerifies({ it, createSubject }: Suite): void {
  it(`promise 2: no key comes back in ${TRIALS} trials of revoke amid verifies, usage writes and rehashes`, async () => {
    await revokeTrials(await createSubject(), TRIALS, "one");
  });

  it(`promise 2: nor in ${TRIALS} trials by four callers, each in a process of its own where the subject has a way`, async () => {
    await revokeTrials(await createSubject(), TRIALS, "four");
  });
}
