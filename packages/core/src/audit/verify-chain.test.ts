import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  aChain,
  bodyAt,
  erasedOf,
  headsOf,
  KEY_ID,
  linked,
  purged,
  rewritten,
  withErasure,
} from "../../test/a-chain.js";
import type { AuditEvent } from "../event/audit-event.js";
import type { KeyChain } from "../event/event-query.js";
import { bodyHashOf } from "./chain.js";
import type { ChainDamage } from "./chain-damage.js";
import type { ChainedEvent } from "./chained-event.js";
import type { ChainHead } from "./seal.js";
import { verifyChain } from "./verify-chain.js";

type Shown = readonly (readonly [ChainDamage["kind"], number, number?])[];

/** Kinds and versions of the damage, and as the third: `through` or `after`. */
function damageOf(
  events: readonly AuditEvent[],
  chain: KeyChain | null | undefined,
  kept: readonly ChainHead[] = [],
): Shown {
  const known = chain === undefined ? {} : { chain };
  return verifyChain({ keyId: KEY_ID, events, kept, ...known }).damage.map(
    ({ keyId, kind, version, through, after }) => {
      expect(keyId).toBe(KEY_ID);
      const third = through ?? after;
      return third === undefined ? [kind, version] : [kind, version, third];
    },
  );
}

const editOf = ({ chain, ...body }: ChainedEvent): ChainedEvent => ({ ...body, actor: "mallory", chain });

/** A chain, a version in it, a later one or the same, and the versions whose heads were kept. */
const scene = fc
  .record({ length: fc.integer({ min: 2, max: 9 }), first: fc.constantFrom(1, 1, 4) })
  .chain(({ length, first }) => {
    const version = fc.integer({ min: first, max: first + length - 1 });
    return fc.record({
      whole: fc.constant(aChain(length, first)),
      first: fc.constant(first),
      older: fc.constant<readonly AuditEvent[]>(Array.from({ length: first - 1 }, (_, index) => bodyAt(index + 1))),
      at: version,
      other: version,
      keptVersions: fc.uniqueArray(version, { maxLength: 4 }),
      order: fc.infiniteStream(fc.nat()),
    });
  });

function shuffled<T>(items: readonly T[], order: Iterator<number>): readonly T[] {
  return items
    .map((item) => ({ item, rank: Number(order.next().value) }))
    .sort((a, b) => a.rank - b.rank)
    .map(({ item }) => item);
}

describe("a chain that nobody touched", () => {
  it("promise 8: has no damage, whatever the order of its events and whichever heads were kept", () => {
    fc.assert(
      fc.property(scene, ({ whole: { events, chain }, keptVersions, order }) => {
        const kept = headsOf(events, keptVersions);
        const report = verifyChain({ keyId: KEY_ID, events: shuffled(events, order), chain, kept });
        expect(report).toEqual({
          events: events.length,
          erased: 0,
          anchor: null,
          left: 0,
          unchecked: 0,
          damage: [],
        });
        expect(damageOf(events, undefined, kept)).toEqual([]);
      }),
    );
  });

  it("promise 8: has none after erasures and purges", () => {
    fc.assert(
      fc.property(scene, ({ whole, at, other, keptVersions }) => {
        const kept = headsOf(whole.events, keptVersions);
        const twice = at === other ? withErasure(whole, at) : withErasure(withErasure(whole, at), other);
        expect(damageOf(twice.events, twice.chain, kept)).toEqual([]);
        for (const { version } of twice.events) {
          const { events, chain } = purged(twice, version);
          expect(damageOf(events, chain, kept)).toEqual([]);
          // A purge that has said what it takes away, and has not taken it yet.
          expect(damageOf(twice.events, chain, kept)).toEqual([]);
        }
      }),
    );
  });

  it("may be erased in a place where nothing is erased yet", () => {
    const { events, chain } = withErasure(aChain(3), 2);
    const notYet = events.map((event) => (event.version === 2 ? aChain(3).events[1] : event)) as ChainedEvent[];
    expect(damageOf(notYet, chain)).toEqual([]);
  });

  it("promise 6: may be of a key from before there were chains, with or without the events from then", () => {
    const older: AuditEvent[] = [1, 2, 3].map((version) => bodyAt(version));
    const { events, chain } = aChain(2, 4);
    expect(damageOf([...older, ...events], chain)).toEqual([]);
    expect(damageOf(events, chain)).toEqual([]);
    expect(damageOf(older, { ...chain, version: 3, head: null })).toEqual([]);
    expect(damageOf([...older, ...events.slice(1)], chain)).toEqual([["missing", 4, 4]]);
  });

  it("is not disturbed by what is in no chain, by other keys, or by an event that was read twice", () => {
    const { events, chain } = withErasure(aChain(3), 1);
    const before = aChain(3).events[0] as ChainedEvent;
    const note: AuditEvent = {
      id: "n",
      type: "key.refused",
      tenant: "t_1",
      keyId: KEY_ID,
      actor: "a",
      at: 1,
      data: {},
    };
    const foreign = { ...before, id: "foreign", keyId: "another-key-0001" };
    const heads = [{ keyId: foreign.keyId, version: 7, hash: "0".repeat(64) }];
    expect(damageOf([before, ...events, note, foreign, ...events], chain, heads)).toEqual([]);
  });
});

describe("promise 8: damage is found and located", () => {
  it("an edit", () => {
    fc.assert(
      fc.property(scene, ({ whole: { events, chain }, older, at }) => {
        const edited = events.map((event) => (event.version === at ? editOf(event) : event));
        expect(damageOf(edited, chain)).toEqual([["edited", at]]);
        const rehashed = edited.map(({ chain: link, ...body }) => {
          return { ...body, chain: { ...link, bodyHash: bodyHashOf(body) } };
        });
        expect(damageOf([...older, ...rehashed], chain)).toEqual([["broken", at]]);
      }),
    );
  });

  it("an edit that was hashed and linked anew: at the event, or at the next one, which no longer follows", () => {
    fc.assert(
      fc.property(scene, ({ whole, at }) => {
        const forged = rewritten(whole, at).events.find(({ version }) => version === at) as ChainedEvent;
        const events = whole.events.map((event) => (event.version === at ? forged : event));
        const isLast = at === whole.chain.version;
        expect(damageOf(events, whole.chain)).toEqual([isLast ? ["head", at] : ["broken", at + 1]]);
      }),
    );
  });

  it("a deletion, in the middle and at either end", () => {
    fc.assert(
      fc.property(scene, ({ whole: { events, chain }, older, first, at, other }) => {
        const [from, through] = [Math.min(at, other), Math.max(at, other)];
        const left = events.filter(({ version }) => version < from || version > through);
        expect(damageOf([...older, ...left], chain)).toEqual([["missing", from, through]]);
        // Nobody knows any more that the key is older than its chain.
        expect(damageOf(left, chain)).toEqual([["missing", from === first ? 1 : from, through]]);
      }),
    );
  });

  it("a cut that the key itself was set back with: against a kept head", () => {
    fc.assert(
      fc.property(scene, ({ whole: { events, chain }, first, at, keptVersions }) => {
        fc.pre(at > first);
        const left = events.filter(({ version }) => version < at);
        const back = { ...chain, version: at - 1, head: left.at(-1)?.chain.hash ?? null };
        const latest = Math.max(...keptVersions, 0);
        const kept = headsOf(events, keptVersions);
        expect(damageOf(left, back, kept)).toEqual(latest >= at ? [["missing", at, latest]] : []);
      }),
    );
  });

  it("a reorder: both events", () => {
    fc.assert(
      fc.property(scene, ({ whole: { events, chain }, older, at, other }) => {
        fc.pre(at !== other);
        const [a, b] = [at, other].map((version) => events.find((event) => event.version === version));
        if (a === undefined || b === undefined) throw new Error("no events");
        const swapped = events.map((event) => {
          if (event !== a && event !== b) return event;
          const { id, type, at: time, data } = event === a ? b : a;
          return { ...event, id, type, at: time, data };
        });
        const both = [Math.min(at, other), Math.max(at, other)];
        expect(damageOf(swapped, chain)).toEqual(both.map((version) => ["edited", version]));
        const relabelled = events.map((event) => {
          if (event !== a && event !== b) return event;
          return { ...event, version: event === a ? other : at };
        });
        const found = damageOf([...older, ...relabelled], chain);
        for (const version of both) expect(found.map(([, each]) => each)).toContain(version);
        for (const [, version] of found) expect(both.flatMap((each) => [each, each + 1])).toContain(version);
      }),
    );
  });

  it("a chain made anew from some version on: between the last kept head that holds and the first that does not", () => {
    fc.assert(
      fc.property(scene, ({ whole, at, keptVersions }) => {
        const { events, chain } = rewritten(whole, at);
        const [held, lost] = [keptVersions.filter((v) => v < at), keptVersions.filter((v) => v >= at)];
        const kept = headsOf(whole.events, keptVersions);
        const expected = lost.length === 0 ? [] : [["rewritten", Math.min(...lost), Math.max(0, ...held)]];
        expect(damageOf(events, chain, kept)).toEqual(expected);
        expect(damageOf(events, undefined, kept)).toEqual(expected);
      }),
    );
  });

  it("a fork: the event that claims a version which another one has", () => {
    fc.assert(
      fc.property(scene, fc.boolean(), ({ whole: { events, chain }, at }, isFirst) => {
        const before = events.find(({ version }) => version === at - 1)?.chain.hash ?? null;
        const rival = linked(bodyAt(at, { id: "rival" }), before);
        // Of two that both follow, the one before the next event cannot be told from the other, but for that one.
        const all = isFirst ? [rival, ...events] : [...events, rival];
        const found = damageOf(all, chain);
        expect(found).toContainEqual(["duplicate", at]);
        for (const [, version] of found) expect([at, at + 1]).toContain(version);
      }),
    );
  });

  it("a fork that does not follow: that one, wherever it stands", () => {
    const { events, chain } = aChain(4);
    const rival = linked(bodyAt(3, { id: "rival" }), "0".repeat(64));
    for (const all of [
      [rival, ...events],
      [...events, rival],
    ]) {
      expect(verifyChain({ keyId: KEY_ID, events: all, chain }).damage).toEqual([
        { keyId: KEY_ID, kind: "duplicate", version: 3, eventId: "rival" },
      ]);
    }
  });

  it("a chain that vanished whole, with its key", () => {
    fc.assert(
      fc.property(scene, ({ whole: { events, chain }, keptVersions }) => {
        const kept = headsOf(events, keptVersions);
        const latest = Math.max(0, ...keptVersions);
        expect(damageOf([], null, kept)).toEqual(latest === 0 ? [] : [["vanished", latest]]);
        expect(damageOf(events, null, kept)).toEqual([["vanished", chain.version]]);
        const emptied = { ...chain, version: 1, head: null };
        expect(damageOf([], emptied, kept)).toEqual(
          latest === 0 ? [] : [["missing", Math.min(2, ...keptVersions), latest]],
        );
      }),
    );
  });

  it("a body that is gone, and no event says why", () => {
    fc.assert(
      fc.property(scene, ({ whole: { events, chain }, at }) => {
        const gone = events.map((event) => (event.version === at ? erasedOf(event) : event));
        expect(damageOf(gone, chain)).toEqual([["erased", at]]);
      }),
    );
  });

  it("an erasure that names another event, an earlier place for itself, or was edited", () => {
    const other = withErasure(aChain(4), 2);
    const gone = other.events.map((event) => (event.version === 3 ? erasedOf(event) : event));
    expect(damageOf(gone, other.chain)).toEqual([["erased", 3]]);

    const erasure = bodyAt(2, { type: "key.event_erased", data: { version: 3, eventId: "event-3" } });
    const early = aChain(4, 1, [erasure]);
    const goneLater = early.events.map((event) => (event.version === 3 ? erasedOf(event) : event));
    expect(damageOf(goneLater, early.chain)).toEqual([["erased", 3]]);

    const redirected = gone.map((event) => {
      if (event.version === 2) return aChain(4).events[1] as ChainedEvent;
      return event.version === 5 ? { ...event, data: { version: 3, eventId: "event-3" } } : event;
    });
    expect(damageOf(redirected, other.chain)).toEqual([
      ["erased", 3],
      ["edited", 5],
    ]);

    const pointed = other.events.map((event) =>
      event.version === 5 ? { ...event, data: { version: 3, eventId: "event-3" } } : event,
    );
    expect(damageOf(pointed, other.chain)).toEqual([
      ["erased", 2],
      ["edited", 5],
    ]);
  });

  it("a body that stands where an erased one should", () => {
    const { events, chain } = withErasure(aChain(3), 2);
    for (const forged of [{ actor: "anna" }, { data: { n: 9 } }, { reason: "x" }, { owner: "x" }, { address: "::1" }]) {
      const filled = events.map((event) => (event.version === 2 ? { ...event, ...forged } : event));
      expect(damageOf(filled, chain)).toEqual([["edited", 2]]);
    }
  });

  it("an event that the key has never come to, and a key whose head is another", () => {
    const { events, chain } = aChain(4);
    const behind = { ...chain, version: 2, head: events[1]?.chain.hash ?? null };
    expect(damageOf(events, behind)).toEqual([
      ["ahead", 3],
      ["ahead", 4],
    ]);
    expect(damageOf(events, { ...chain, head: "0".repeat(64) })).toEqual([["head", 4]]);
    expect(damageOf(events, { ...chain, head: null })).toEqual([["head", 4]]);
  });

  it("an anchor that leads nowhere", () => {
    const whole = aChain(5);
    const { events, chain } = purged(whole, 2);
    const forged = { ...chain, anchor: { version: 2, hash: "0".repeat(64) } };
    expect(damageOf(events, forged)).toEqual([["broken", 3]]);
    expect(damageOf(events, forged, headsOf(whole.events, [2]))).toEqual([
      ["rewritten", 2, 0],
      ["broken", 3],
    ]);
    expect(damageOf(events, { ...chain, anchor: null })).toEqual([["missing", 1, 2]]);
    expect(damageOf(events, { ...chain, anchor: { version: 1, hash: "0".repeat(64) } })).toEqual([["missing", 2, 2]]);
    expect(damageOf([], { ...chain, anchor: { version: 9, hash: "0".repeat(64) } })).toEqual([["anchor", 9]]);
    expect(damageOf([], { ...chain, anchor: { version: 5, hash: "0".repeat(64) } })).toEqual([["head", 5]]);
    expect(damageOf([], { ...chain, anchor: { version: 5, hash: chain.head ?? "" } })).toEqual([]);
  });

  it("an event whose place was taken away from it", () => {
    const { events, chain } = aChain(4);
    const unlinked = events.map(({ chain: link, ...body }) => (body.version === 2 ? body : { ...body, chain: link }));
    expect(damageOf(unlinked, chain)).toEqual([
      ["missing", 2, 2],
      ["unchained", 2],
    ]);
  });

  it("hashes that are none, or are written otherwise", () => {
    const { events, chain } = aChain(3);
    for (const write of [(hex: string) => hex.toUpperCase(), (hex: string) => `${hex}00`, () => "", () => "zz"]) {
      for (const name of ["bodyHash", "hash"] as const) {
        const odd = events.map((event) =>
          event.version === 2 ? { ...event, chain: { ...event.chain, [name]: write(event.chain[name]) } } : event,
        );
        const found = damageOf(odd, chain);
        expect(found).toContainEqual(["broken", 2]);
      }
    }
  });
});

it("says which event it was", () => {
  const { events, chain } = aChain(2);
  const [first, second] = events as readonly [ChainedEvent, ChainedEvent];
  expect(verifyChain({ keyId: KEY_ID, events: [first, editOf(second)], chain }).damage).toEqual([
    { keyId: KEY_ID, kind: "edited", version: 2, eventId: "event-2" },
  ]);
});
