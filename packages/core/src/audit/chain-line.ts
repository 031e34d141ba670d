import type { Found } from "./chain-damage.js";
import { type ChainedEvent, follows, isIntact, isRecorded, recordedErasures } from "./chained-event.js";

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
 */
export function lineOf(begin: Place, events: readonly ChainedEvent[]): ChainLine {
  const hashes = new Map<number, string>();
  const erasures = recordedErasures(events);
  const damage: Found[] = [];
  let last = begin;
  for (const rivals of byVersion(events)) {
    const event = rivals.find((each) => follows(each, last.hash) && isIntact(each)) ?? rivals[0];
    if (event === undefined) continue;
    const { version, chain } = event;
    damage.push(...rivals.filter((each) => each !== event).map((each) => found("duplicate", each)));
    // The first event of all need not be the first version: the key may be older than its chain.
    const isBeginning = last.hash === null && follows(event, null);
    if (version > last.version + 1 && !isBeginning)
      damage.push({ kind: "missing", version: last.version + 1, through: version - 1 });
    else if (!isBeginning && !follows(event, last.hash)) damage.push(found("broken", event));
    if (!isIntact(event)) damage.push(found("edited", event));
    else if (event.erasedAt !== undefined && !isRecorded(event, erasures)) damage.push(found("erased", event));
    hashes.set(version, chain.hash);
    last = { version, hash: chain.hash };
  }
  return { hashes, last, damage };
}

export function found(kind: Found["kind"], { version, id }: ChainedEvent): Found {
  return { kind, version, eventId: id };
}

function byVersion(events: readonly ChainedEvent[]): Iterable<readonly ChainedEvent[]> {
  const groups = new Map<number, ChainedEvent[]>();
  for (const event of events) groups.set(event.version, [...(groups.get(event.version) ?? []), event]);
  return groups.values();
}
