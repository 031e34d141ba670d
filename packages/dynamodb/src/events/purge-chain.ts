import type { AuditEvent, ChainAnchor, ChainLink } from "@claviger/core";
import type { Database } from "../client/database.js";
import { numberOf, textOf } from "../client/item.js";
import { queryAll } from "../client/query-all.js";
import { anchorOf, moveAnchor } from "../keys/anchor.js";
import { eraseWithKey } from "../keys/erase-with-key.js";
import { boundsOf, keyCondition, type Range } from "../order/range.js";
import { keyAddress, logPartition } from "../table/addresses.js";
import { settle } from "./carrier.js";
import { takeAway } from "./log.js";
import { eventOf } from "./log-item.js";

export interface ChainPurge {
  readonly tenant: string;
  readonly keyId: string;
  /** Epoch ms, exclusive. */
  readonly beforeAt: number;
  /** At least 1. */
  readonly limit: number;
}

/** An event with its place in a chain. */
interface Chained extends AuditEvent {
  readonly version: number;
  readonly chain: ChainLink;
}

/**
 * Takes the beginning of a key's chain away, up to the first event that is not before the time.
 *
 *     what rides in the key is copied out ──▶ the anchor moves to the last that shall go ──▶ they are deleted
 *
 * Who dies before the end leaves events that the anchor stands for: they go with the next purge. The anchor only moves
 * forward, so that several at once do what one would.
 *
 * @returns how many were taken away
 */
export async function purgeChain(database: Database, purge: ChainPurge): Promise<number> {
  const { tenant, keyId, beforeAt, limit } = purge;
  const address = keyAddress(keyId);
  const key = await database.get(address);
  if (key === undefined || textOf(key, "tenant") !== tenant) return 0;
  await settle(database, address, key, (item) => eraseWithKey(database, item));
  // A later version may ride by now, with its copy in the log.
  const copiedOut = numberOf(key, "version") ?? 0;
  const before = (await chainedEvents(database, purge, { order: "oldest", beforeAt }))
    .filter(({ version }) => version <= copiedOut)
    .sort((a, b) => a.version - b.version);
  const firstKept = isGapless(before, anchorOf(key)) ? Number.POSITIVE_INFINITY : await lowestSince(database, purge);
  const purged = before.filter(({ version }) => version < firstKept).slice(0, limit);
  const last = purged.at(-1);
  if (last === undefined) return 0;
  await moveAnchor(database, { tenant, id: keyId }, { version: last.version, hash: last.chain.hash });
  let count = 0;
  // One after the other, the oldest first: what a purge that dies has left is an end, in which no version is missing.
  for (const event of purged) {
    if (await takeAway(database, event)) count += 1;
  }
  return count;
}

/** Times may run against versions. But where no version is missing, none that is to stay can be among them. */
function isGapless(events: readonly Chained[], anchor: ChainAnchor | null): boolean {
  const first = (anchor?.version ?? 0) + 1;
  return events.filter(({ version }) => version >= first).every(({ version }, index) => version === first + index);
}

/** The lowest version among the events that are not before the time. */
async function lowestSince(database: Database, purge: ChainPurge): Promise<number> {
  const kept = await chainedEvents(database, purge, { order: "oldest", fromAt: purge.beforeAt });
  return Math.min(...kept.map(({ version }) => version), Number.POSITIVE_INFINITY);
}

async function chainedEvents(
  database: Database,
  { tenant, keyId }: ChainPurge,
  range: Range,
): Promise<readonly Chained[]> {
  const bounds = boundsOf(range);
  if (bounds === undefined) return [];
  const log = keyCondition({ partition: "pk", place: "sk" }, logPartition(tenant, keyId), bounds);
  const items = await queryAll(database, { ...log, forward: true });
  return items.flatMap((item) => chained(eventOf(item)) ?? []);
}

function chained(event: AuditEvent | undefined): Chained | undefined {
  if (event?.version === undefined || event.chain === undefined) return undefined;
  return { ...event, version: event.version, chain: event.chain };
}
