import {
  type ChainDamage,
  type ChainHead,
  isChangeType,
  type KeptHead,
  type KeyChain,
  notFound,
  parseVerifyInput,
} from "@claviger/core";
import type { Shell } from "../shell.js";
import type { EventReport } from "./event-manager.js";
import { eachChain } from "./key-chains.js";
import { eachEvent } from "./list-events.js";
import { recordedPurges } from "./recorded-purges.js";
import { verifyKey } from "./verify-key.js";

/** How much damage, and how many anchors, a report shows. */
const MAX_SHOWN = 100;

/** Verifies the chains of one key or of all. */
export async function verifyEvents(shell: Shell, tenant: string, input: unknown): Promise<EventReport> {
  const terms = parseVerifyInput(input, tenant);
  const kept = byKey(terms.kept);
  const purges = recordedPurges(shell, tenant);
  const looked = new Set<string>();
  const damage: ChainDamage[] = [];
  const anchors: ChainHead[] = [];
  const sum = { keys: 0, events: 0, erased: 0, purged: 0, unchecked: 0, damaged: 0 };

  async function look(keyId: string, chain?: KeyChain): Promise<void> {
    if (looked.has(keyId)) return;
    looked.add(keyId);
    const report = await verifyKey(shell, { tenant, keyId, kept: kept.get(keyId) ?? [], purges }, chain);
    if (report === undefined) return;
    sum.keys += 1;
    sum.events += report.events;
    sum.erased += report.erased;
    sum.unchecked += report.unchecked;
    sum.damaged += report.damage.length;
    damage.push(...report.damage.slice(0, MAX_SHOWN - damage.length));
    if (report.anchor === null) return;
    sum.purged += 1;
    if (anchors.length < MAX_SHOWN) anchors.push({ keyId, ...report.anchor });
  }

  if (terms.keyId !== undefined) {
    await look(terms.keyId);
    if (sum.keys === 0) throw notFound(terms.keyId);
  } else {
    for await (const chain of eachChain(shell, tenant)) await look(chain.keyId, chain);
    for (const keyId of kept.keys()) await look(keyId);
    // Of a key that has vanished some events may be left, of any type, the first one not among them.
    for await (const { keyId, type, chain } of eachEvent(shell, { tenant, order: "oldest" })) {
      if (keyId !== undefined && (chain !== undefined || isChangeType(type))) await look(keyId);
    }
  }
  const { damaged, ...counts } = sum;
  return { ok: damaged === 0, ...counts, anchors, damage, more: damaged > damage.length };
}

function byKey(heads: readonly KeptHead[]): ReadonlyMap<string, readonly KeptHead[]> {
  const grouped = new Map<string, KeptHead[]>();
  for (const head of heads) {
    const ofKey = grouped.get(head.keyId);
    if (ofKey === undefined) grouped.set(head.keyId, [head]);
    else ofKey.push(head);
  }
  return grouped;
}
