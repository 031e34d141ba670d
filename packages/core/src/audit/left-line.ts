import type { ChainAnchor } from "../event/event-query.js";
import type { Found } from "./chain-damage.js";
import type { ChainLine } from "./chain-line.js";
import { type ChainedEvent, follows, isIntact } from "./chained-event.js";
import { bodyDamage, byVersion, found, rivalDamage } from "./event-damage.js";

/**
 * Walks back along what a purge has not taken away yet: from its anchor, which vouches for the event before it, and so
 * on. Since a purge goes in the order of versions, none can be missing on the way. The first that is left, unless the chain
 * begins with it, is vouched for by its hash alone: nothing says that its body belongs to it.
 *
 * @param events in the order of their versions, none after the anchor
 * @param erasures those that the whole chain tells of
 */
export function leftLine(
  anchor: ChainAnchor,
  events: readonly ChainedEvent[],
  erasures: ReadonlySet<string>,
): Pick<ChainLine, "hashes" | "damage"> {
  const hashes = new Map<number, string>();
  const damage: Found[] = [];
  let version = anchor.version;
  let isNext = ({ chain }: ChainedEvent): boolean => chain.hash === anchor.hash;
  let later: ChainedEvent | undefined;
  let first: ChainedEvent | undefined;
  for (const rivals of byVersion(events).toReversed()) {
    const vouchedFor = rivals.filter(isNext);
    const event = vouchedFor.find(isIntact) ?? vouchedFor[0] ?? rivals[0];
    if (event === undefined) continue;
    damage.push(...rivalDamage(event, rivals), ...bodyDamage(event, erasures));
    const isVouchedFor = isNext(event);
    if (event.version < version) damage.push({ kind: "missing", version: event.version + 1, through: version });
    else if (!isVouchedFor) damage.push(found("broken", later ?? event));
    hashes.set(event.version, event.chain.hash);
    version = event.version - 1;
    later = event;
    // What does not belong here says nothing of the event before it.
    isNext = isVouchedFor ? ({ chain }) => follows(event, chain.hash) : () => true;
    first = isVouchedFor ? event : undefined;
  }
  if (first?.version === 1 && !follows(first, null)) damage.push(found("broken", first));
  return { hashes, damage };
}
