import { type AuditEvent, type ChainHead, type ChainReport, type KeyChain, verifyChain } from "@claviger/core";
import type { Shell } from "../shell.js";
import { chainOf } from "./key-chains.js";
import { eachEvent } from "./list-events.js";

/** Chain and events are two reads: what changes between them looks like damage, and is gone with the next look. */
const MAX_LOOKS = 5;

/**
 * Verifies the chain of one key's events.
 *
 * @param chain as a walk over all of them has shown it; absent: it is read
 * @returns undefined: of such a key there is nothing at all
 */
export async function verifyKey(
  shell: Shell,
  tenant: string,
  keyId: string,
  kept: readonly ChainHead[],
  chain?: KeyChain,
): Promise<ChainReport | undefined> {
  let known: KeyChain | null | undefined = chain;
  for (let looks = 1; ; looks += 1) {
    const shown: KeyChain | null = known ?? (await chainOf(shell, tenant, keyId));
    const events: AuditEvent[] = [];
    for await (const event of eachEvent(shell, { tenant, keyId, order: "oldest" })) events.push(event);
    const report = verifyChain({ keyId, events, chain: shown, kept });
    if (shown === null && report.events === 0 && report.damage.length === 0) return undefined;
    if (report.damage.length === 0 || looks === MAX_LOOKS) return report;
    known = undefined;
  }
}
