import { linkOf } from "../src/audit/chain.js";
import type { ChainedEvent } from "../src/audit/chained-event.js";
import { erasedEvent } from "../src/audit/erased-event.js";
import type { ChainHead } from "../src/audit/seal.js";
import type { EventBody } from "../src/event/audit-event.js";
import type { KeyChain } from "../src/event/event-query.js";
import { NOW } from "./a-key.js";

export const KEY_ID = "Ab3dEfGh1jKlMn0p";

/** A chain and what a store says of it. */
export interface AChain {
  readonly events: readonly ChainedEvent[];
  readonly chain: KeyChain;
}

/** One event after a head. */
export function linked(body: EventBody, head: string | null): ChainedEvent {
  return { ...body, version: body.version ?? 0, chain: linkOf(body, head) };
}

export function bodyAt(version: number, differing: Partial<EventBody> = {}): EventBody {
  const { type = version === 1 ? "key.created" : "key.updated", data = { n: version } } = differing;
  return {
    id: `event-${version}`,
    tenant: "t_1",
    keyId: KEY_ID,
    actor: "system",
    at: NOW + version,
    version,
    ...differing,
    type,
    data,
  };
}

/** A chain of so many events. @param first its first version: later than 1 where the key is older than chains */
export function aChain(length: number, first = 1, bodies: readonly EventBody[] = []): AChain {
  const events: ChainedEvent[] = [];
  for (let version = first; version < first + length; version += 1) {
    const body = bodies.find((each) => each.version === version) ?? bodyAt(version);
    events.push(linked(body, events.at(-1)?.chain.hash ?? null));
  }
  return { events, chain: chainOf(events) };
}

/** What the store says of a key whose last event this is. */
function chainOf(events: readonly ChainedEvent[]): KeyChain {
  const last = events.at(-1);
  return { keyId: KEY_ID, version: last?.version ?? 1, head: last?.chain.hash ?? null, anchor: null };
}

/** The same chain made anew from a version on, as who can write to the store would do it. */
export function rewritten({ events }: AChain, from: number): AChain {
  const next: ChainedEvent[] = [];
  for (const event of events) {
    const { chain, ...body } = event;
    const isFirst = event.version === from;
    next.push(
      event.version < from
        ? event
        : linked(isFirst ? { ...body, actor: "mallory" } : body, next.at(-1)?.chain.hash ?? null),
    );
  }
  return { events: next, chain: chainOf(next) };
}

/** The chain with an erasure: a last event that tells of it, and the body gone. */
export function withErasure({ events }: AChain, version: number): AChain {
  const last = events.at(-1);
  const target = events.find((event) => event.version === version);
  if (last === undefined || target === undefined) throw new Error("no such event");
  const data = { version, eventId: target.id };
  const erasure = linked(bodyAt(last.version + 1, { type: "key.event_erased", data }), last.chain.hash);
  const all = [...events.map((event) => (event === target ? erasedOf(event) : event)), erasure];
  return { events: all, chain: chainOf(all) };
}

export function erasedOf(event: ChainedEvent): ChainedEvent {
  return { ...erasedEvent(event, NOW + 1_000), version: event.version, chain: event.chain };
}

/** The chain after a purge of everything up to a version. */
export function purged({ events, chain }: AChain, through: number): AChain {
  const last = events.find((event) => event.version === through);
  if (last === undefined) throw new Error("no such event");
  const anchor = { version: through, hash: last.chain.hash };
  return { events: events.filter((event) => event.version > through), chain: { ...chain, anchor } };
}

export function headsOf(events: readonly ChainedEvent[], versions: readonly number[]): readonly ChainHead[] {
  return events
    .filter(({ version }) => versions.includes(version))
    .map(({ version, chain }) => ({ keyId: KEY_ID, version, hash: chain.hash }));
}
