import type { Found } from "./chain-damage.js";
import { type ChainedEvent, follows, isIntact } from "./chained-event.js";
import { bodyDamage, byVersion, found, rivalDamage } from "./event-damage.js";

/** A place in a chain: the hash after the event of a version; null before any. */
export interface Place {
  readonly version: number;
  readonly hash: string | null;
}

/** The chain as its events make it. */
export interface ChainLine {
  /** The hash after each version that is there. */
  readonly hashes: ReadonlyMap<number, string>;
  /** After the last of them; where there is none, the beginning. */
  readonly last: Place;
  readonly damage: readonly Found[];
}

/**
 * Walks along the events of a chain.
 *
 * @param begin after a purge, its anchor; else what is known of the key from before its chain, without a hash
 * @param events in the order of their versions, all after the beginning
 * @param erasures those that the whole chain tells of
 */
export function lineOf(begin: Place, events: readonly ChainedEvent[], erasures: ReadonlySet<string>): ChainLine {
  const hashes = new Map<number, string>();
  const damage: Found[] = [];
  let last = begin;
  for (const rivals of byVersion(events)) {
    const following = rivals.filter((each) => follows(each, last.hash));
    const event = following.find(isIntact) ?? following[0] ?? rivals[0];
    if (event === undefined) continue;
    const { version, chain } = event;
    damage.push(...rivalDamage(event, rivals));
    // The first event of all need not be the first version: the key may be older than its chain.
    const isBeginning = last.hash === null && follows(event, null);
    if (version > last.version + 1 && !isBeginning)
      damage.push({ kind: "missing", version: last.version + 1, through: version - 1 });
    else if (!isBeginning && !follows(event, last.hash)) damage.push(found("broken", event));
    damage.push(...bodyDamage(event, erasures));
    hashes.set(version, chain.hash);
    last = { version, hash: chain.hash };
  }
  return { hashes, last, damage };
}
