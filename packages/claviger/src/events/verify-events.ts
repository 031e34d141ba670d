import { type ChainDamage, type ChainHead, type KeyChain, notFound, parseVerifyInput } from "@claviger/core";
import type { Shell } from "../shell.js";
import type { EventReport } from "./event-manager.js";
import { eachChain } from "./key-chains.js";
import { eachEvent } from "./list-events.js";
import { verifyKey } from "./verify-key.js";

const MAX_DAMAGE = 100;

/** Verifies the chains of one key or of all. */
export async function verifyEvents(shell: Shell, tenant: string, input: unknown): Promise<EventReport> {
  const terms = parseVerifyInput(input, tenant);
  const kept = byKey(terms.kept);
  const looked = new Set<string>();
  const damage: ChainDamage[] = [];
  const sum = { keys: 0, events: 0, erased: 0, damaged: 0 };

  async function look(keyId: string, chain?: KeyChain): Promise<void> {
    if (looked.has(keyId)) return;
    looked.add(keyId);
    const report = await verifyKey(shell, tenant, keyId, kept.get(keyId) ?? [], chain);
    if (report === undefined) return;
    sum.keys += 1;
    sum.events += report.events;
    sum.erased += report.erased;
    sum.damaged += report.damage.length;
    damage.push(...report.damage.slice(0, MAX_DAMAGE - damage.length));
  }

  if (terms.keyId !== undefined) {
    await look(terms.keyId);
    if (sum.keys === 0) throw notFound(terms.keyId);
  } else {
    for await (const chain of eachChain(shell, tenant)) await look(chain.keyId, chain);
    for (const keyId of kept.keys()) await look(keyId);
    // Of a key that has vanished its events may be left.
    for await (const { keyId } of eachEvent(shell, { tenant, types: ["key.created"], order: "oldest" })) {
      if (keyId !== undefined) await look(keyId);
    }
  }
  const { damaged, ...counts } = sum;
  return { ok: damaged === 0, ...counts, damage, more: damaged > damage.length };
}

function byKey(heads: readonly ChainHead[]): ReadonlyMap<string, readonly ChainHead[]> {
  const grouped = new Map<string, ChainHead[]>();
  for (const head of heads) {
    const ofKey = grouped.get(head.keyId);
    if (ofKey === undefined) grouped.set(head.keyId, [head]);
    else ofKey.push(head);
  }
  return grouped;
}
