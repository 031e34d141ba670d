import type { AuditEvent } from "../event/audit-event.js";
import type { ChainAnchor, KeyChain } from "../event/event-query.js";
import type { ChainDamage, Found } from "./chain-damage.js";
import { type ChainLine, lineOf, type Place } from "./chain-line.js";
import { type ChainedEvent, chainedEvents } from "./chained-event.js";
import { found } from "./event-damage.js";
import { keptLook } from "./kept-look.js";
import { leftLine } from "./left-line.js";
import { isPurgeRecorded } from "./purged-before.js";
import { recordedErasures } from "./recorded-erasures.js";
import type { KeptHead } from "./seal.js";
import { unchainedDamage } from "./unchained-damage.js";

/** What is known of the chain of one key. */
export interface ChainEvidence {
  readonly keyId: string;
  /** All events of the key, in any order. Those of other keys, and what is no change, are passed over. */
  readonly events: readonly AuditEvent[];
  /** How far the store says that it goes, and where it begins; null: the store has no such key; absent: nobody asked it. */
  readonly chain?: KeyChain | null;
  /** Without `chain`, of a copy that began after a purge: the head up to which the purge went. */
  readonly anchor?: ChainAnchor;
  /** Heads that were kept elsewhere, of this chain and perhaps of others. */
  readonly kept?: readonly KeptHead[];
  /** As core's `purgedBefore` gives it: up to which time recorded purges went; null: none is recorded; absent: nobody looked. */
  readonly purgedBefore?: number | null;
}

export interface ChainReport {
  /** How many events the chain has; those at or before its anchor are not counted. */
  readonly events: number;
  /** How many of them have been erased. */
  readonly erased: number;
  /** Where a purge ended: what was before is not vouched for by anything in the log. Null: the chain has lost nothing. */
  readonly anchor: ChainAnchor | null;
  /** How many events at or before the anchor are still there, since the purge has not come to its end. */
  readonly left: number;
  /** How many heads were kept of what a purge took away: with nothing there to compare, they show nothing. */
  readonly unchecked: number;
  /** In the order of versions; empty: nothing is wrong. */
  readonly damage: readonly ChainDamage[];
}

/**
 * Looks for damage in the chain of one key's events, and says where it is.
 *
 * Who can write to the store can make a whole chain anew, with the key's head, or take it away with the key, or say that
 * a purge took its beginning: that is found only against `kept`, and located between two of those heads. What was done
 * thoroughly after the last of them, or before an anchor, is not found. No damage: an erased body, if a later event of the
 * chain tells of the erasure (of it nothing but the hashes can be checked, not even type and time); what a purge has taken
 * away, or is still taking away from the front; a chain that begins at a later version than the first, where the key is
 * older than chains are.
 */
export function verifyChain({ keyId, events, chain, anchor: given, kept = [], ...purges }: ChainEvidence): ChainReport {
  const own = kept.filter((head) => head.keyId === keyId).sort((a, b) => a.version - b.version);
  const links = chainedEvents(keyId, events);
  const said = chain === undefined ? (given ?? null) : (chain?.anchor ?? null);
  const top = chain?.version ?? Math.max(links.at(-1)?.version ?? 0, said?.version ?? 0);
  const anchor = said === null || said.version > top ? null : said;
  const left = links.filter(({ version }) => version <= (anchor?.version ?? 0));
  const inside = links.filter(({ version }) => version > (anchor?.version ?? 0) && version <= top);
  const erasures = recordedErasures(links);
  const line = lineOf(anchor ?? beginOf(keyId, events, inside), inside, erasures);
  const before = anchor === null ? { hashes: [], damage: [] } : leftLine(anchor, left, erasures);
  const damage = [
    ...before.damage,
    ...line.damage,
    ...links.filter(({ version }) => version > top).map((event) => found("ahead", event)),
    ...unchainedDamage(keyId, events, links, anchor !== null, chain === null ? Number.POSITIVE_INFINITY : top),
    ...(chain === null ? vanished(line, own) : endDamage(line, chain)),
  ];
  if (anchor !== null && purges.purgedBefore !== undefined) {
    if (!isPurgeRecorded(anchor, purges.purgedBefore, left, own))
      damage.push({ kind: "unrecorded", version: anchor.version });
  }
  const hashes = new Map([...before.hashes, ...line.hashes]);
  const look = chain === null ? { damage: [], unchecked: 0 } : keptLook({ hashes, damage }, anchor, top, own);
  return {
    events: inside.length,
    erased: inside.filter(({ erasedAt }) => erasedAt !== undefined).length,
    anchor: said,
    left: left.length,
    unchecked: look.unchecked,
    damage: [...damage, ...look.damage].sort((a, b) => a.version - b.version).map((each) => ({ keyId, ...each })),
  };
}

/** Where the chain of a key begins that has lost nothing: after what was done to it before there were chains. */
function beginOf(keyId: string, events: readonly AuditEvent[], links: readonly ChainedEvent[]): Place {
  const first = links[0]?.version ?? Number.POSITIVE_INFINITY;
  const older = events.filter((event) => event.keyId === keyId && event.chain === undefined);
  const versions = older.map(({ version = 0 }) => version).filter((version) => version < first);
  return { version: Math.max(0, ...versions), hash: null };
}

/** Whether the key's own head is where its events end. */
function endDamage({ last }: ChainLine, chain: KeyChain | undefined): readonly Found[] {
  if (chain === undefined) return [];
  const { version, head, anchor } = chain;
  if (anchor !== null && anchor.version > version) return [{ kind: "anchor", version: anchor.version }];
  if (head === null) return last.hash === null ? [] : [{ kind: "head", version: last.version }];
  if (last.version < version) return [{ kind: "missing", version: last.version + 1, through: version }];
  return last.hash === head ? [] : [{ kind: "head", version }];
}

/** Of a key that is not there: how far it had come, as far as anyone knows. */
function vanished({ last }: ChainLine, kept: readonly KeptHead[]): readonly Found[] {
  const version = Math.max(last.version, kept.at(-1)?.version ?? 0);
  return version === 0 ? [] : [{ kind: "vanished", version }];
}
