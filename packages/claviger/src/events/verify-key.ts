import {
  type AuditEvent,
  type ChainDamage,
  type ChainReport,
  type KeptHead,
  type KeyChain,
  verifyChain,
} from "@claviger/core";
import type { Shell } from "../shell.js";
import { chainOf } from "./key-chains.js";
import { eachEvent } from "./list-events.js";
import type { RecordedPurges } from "./recorded-purges.js";

/** A key that is changed all the time may look damaged each time, elsewhere. */
const MAX_LOOKS = 5;

/** Which key's chain, and against what. */
export interface KeyTerms {
  readonly tenant: string;
  readonly keyId: string;
  readonly kept: readonly KeptHead[];
  readonly purges: RecordedPurges;
}

/**
 * Verifies the chain of one key's events. Chain and events are several reads, so a change, an erasure or a purge between
 * them may look like damage. The next look finds what it left whole: damage is only what two looks running have found.
 *
 * @param chain as a walk over all of them has shown it; absent: it is read
 * @returns undefined: of such a key there is nothing at all
 */
export async function verifyKey(
  shell: Shell,
  { tenant, keyId, kept, purges }: KeyTerms,
  chain?: KeyChain,
): Promise<ChainReport | undefined> {
  let known = chain ?? (await chainOf(shell, tenant, keyId));
  let feared: readonly ChainDamage[] = [];
  for (let looks = 1; ; looks += 1) {
    const events: AuditEvent[] = [];
    for await (const event of eachEvent(shell, { tenant, keyId, order: "oldest" })) events.push(event);
    let report = verifyChain({ keyId, events, chain: known, kept, ...(await purgesOf(known, purges.before)) });
    if (report.damage.length > 0) {
      // As it is now: of what came during the walk some was met. A purge was recorded before its anchor was there.
      known = await chainOf(shell, tenant, keyId);
      report = verifyChain({ keyId, events, chain: known, kept, ...(await purgesOf(known, purges.beforeNow)) });
    }
    const damage = report.damage.filter((each) => feared.some((former) => isSame(each, former)));
    if (known === null && report.events === 0 && report.damage.length === 0) return undefined;
    if (report.damage.length === 0 || damage.length > 0 || looks === MAX_LOOKS) return { ...report, damage };
    feared = report.damage;
  }
}

async function purgesOf(
  chain: KeyChain | null,
  before: () => Promise<number | null>,
): Promise<{ readonly purgedBefore?: number | null }> {
  return chain === null || chain.anchor === null ? {} : { purgedBefore: await before() };
}

function isSame(a: ChainDamage, b: ChainDamage): boolean {
  return a.kind === b.kind && a.version === b.version && a.eventId === b.eventId;
}
