import type { AuditEvent } from "../event/audit-event.js";
import { isChangeType } from "../event/event-types.js";
import type { Found } from "./chain-damage.js";
import { type ChainedEvent, follows, isVersion } from "./chained-event.js";
import { found } from "./event-damage.js";

/**
 * Changes of a key that have no place in its chain. Only those from before its chain may have none.
 *
 * @param links of its chain, in the order of their versions
 * @param isPurged whether the chain begins after a purge
 * @param topVersion the version of the key, as far as it is known
 */
export function unchainedDamage(
  keyId: string,
  events: readonly AuditEvent[],
  links: readonly ChainedEvent[],
  isPurged: boolean,
  topVersion: number,
): readonly Found[] {
  const begin = beginOf(links, isPurged, topVersion);
  return events
    .filter((event) => event.keyId === keyId && isUnplaced(event))
    .filter(({ chain, version }) => chain !== undefined || !isVersion(version) || version >= begin)
    .map((event) => found("unchained", event));
}

/** Whether an event is a change, as far as it says itself, and claims no place in a chain. */
function isUnplaced({ type, version, chain }: AuditEvent): boolean {
  return chain === undefined ? isChangeType(type) || version !== undefined : !isVersion(version);
}

/** The first version that must be in the chain. What a purge has taken cannot have left what was before it. */
function beginOf([first]: readonly ChainedEvent[], isPurged: boolean, topVersion: number): number {
  if (isPurged && (first === undefined || !follows(first, null))) return 0;
  return first?.version ?? topVersion + 1;
}
