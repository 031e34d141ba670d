import type { Keyring } from "claviger";
import type { Verifier } from "./crew.js";
import { verifyAtOnce } from "./verify-at-once.js";

const ORDERS = 10;
const AT_ONCE = 25;
export const CREDITS = 100;

/**
 * Has a crew verify one token of {@link CREDITS} credits, and kills half of it in the midst, each after another number of orders.
 *
 * @returns how many verifies were told that they are admitted: by the crew, and by who came afterwards for the rest
 */
export async function killAmid(
  keyring: Keyring,
  crew: readonly Verifier[],
): Promise<{ readonly amid: number; readonly afterwards: number }> {
  const limits = [{ name: "credits", kind: "credits", limit: CREDITS }] as const;
  const { token } = await keyring.create({ owner: "owner", name: "A busy key", limits });
  const told = crew.map(async (verifier, index) => {
    const isMortal = index % 2 === 0;
    let admitted = 0;
    for (let order = 0; order < ORDERS; order += 1) {
      const asked = verifier.ask({ token, times: AT_ONCE }).catch(() => undefined);
      // Killed right after it was asked: what it is about to write is written, or not.
      if (isMortal && order === index) void verifier.kill();
      admitted += (await asked)?.ok ?? 0;
    }
    return admitted;
  });
  const amid = (await Promise.all(told)).reduce((sum, each) => sum + each, 0);
  const { ok: afterwards = 0 } = await verifyAtOnce(keyring, { token, times: CREDITS + 1 });
  return { amid, afterwards };
}
