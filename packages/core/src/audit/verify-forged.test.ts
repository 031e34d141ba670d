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
import { NOW } from "../../test/a-key.js";
import type { AuditEvent } from "../event/audit-event.js";
import { CHANGE_TYPES } from "../event/event-types.js";
import type { ChainedEvent } from "./chained-event.js";
import { purgedBefore } from "./purged-before.js";
import { type ChainEvidence, type ChainReport, verifyChain } from "./verify-chain.js";

const DAY_MS = 86_400_000;
const MALLORY = { actor: "mallory" };
const report = (evidence: Omit<ChainEvidence, "keyId">): ChainReport => verifyChain({ keyId: KEY_ID, ...evidence });
const damageOf = (evidence: Omit<ChainEvidence, "keyId">) =>
  report(evidence).damage.map(({ kind, version }) => [kind, version]);
const at = (events: readonly ChainedEvent[], version: number): ChainedEvent => {
  const found = events.find((event) => event.version === version);
  if (found === undefined) throw new Error("no such event");
  return found;
};
const purgeNote = (before: number, time: number): AuditEvent => {
  const data = { before };
  return { id: `purge-${before}`, type: "events.purged", tenant: "t_1", actor: "system", at: time, data };
};

/** A chain, a version in it, and one that is not after that. */
const scene = fc.integer({ min: 2, max: 8 }).chain((length) =>
  fc.integer({ min: 1, max: length }).chain((through) =>
    fc.record({
      whole: fc.constant(aChain(length)),
      through: fc.constant(through),
      version: fc.integer({ min: 1, max: through }),
      isFirst: fc.boolean(),
    }),
  ),
);

/** Next to the others, before or after them. */
const beside = (events: readonly AuditEvent[], other: AuditEvent, isFirst: boolean): readonly AuditEvent[] =>
  isFirst ? [other, ...events] : [...events, other];

describe("promise 8: a change outside the chain is found", () => {
  it("at or after the first version of the chain, whatever its type says, against kept heads and without any", () => {
    fc.assert(
      fc.property(scene, fc.constantFrom(...CHANGE_TYPES, "key.odd"), ({ whole, version, isFirst }, type) => {
        const { events, chain } = whole;
        const all = beside(events, bodyAt(version, { id: "forged", type }), isFirst);
        const kept = headsOf(events, [version]);
        for (const evidence of [{ chain }, { chain, kept }, {}, { kept }]) {
          expect(report({ events: all, ...evidence }).damage).toEqual([
            { keyId: KEY_ID, kind: "unchained", version, eventId: "forged" },
          ]);
        }
      }),
    );
  });

  it("beyond the key's version, without a version, and with one that no key has", () => {
    const { events, chain } = aChain(3);
    const { version: _, ...nowhere } = bodyAt(2, { id: "forged" });
    expect(damageOf({ events: [...events, bodyAt(9, { id: "forged" })], chain })).toEqual([["unchained", 9]]);
    expect(damageOf({ events: [...events, nowhere], chain })).toEqual([["unchained", 0]]);
    for (const version of [0, -1, 1.5, Number.NaN]) {
      const placed = linked(bodyAt(version, { id: "forged" }), null);
      expect(damageOf({ events: [...events, placed], chain })).toEqual([["unchained", 0]]);
      expect(damageOf({ events: [...events, bodyAt(version)], chain })).toEqual([["unchained", 0]]);
    }
    const unborn = { ...chain, version: 3, head: null };
    expect(damageOf({ events: [bodyAt(2), bodyAt(4)], chain: unborn })).toEqual([["unchained", 4]]);
  });

  it("before the chain's first version only as long as no purge has come to it", () => {
    const { events, chain } = aChain(4, 3);
    const older = [bodyAt(1), bodyAt(2)];
    expect(damageOf({ events: [...older, ...events], chain })).toEqual([]);
    const unfinished = purged(aChain(4, 3), 4).chain;
    expect(damageOf({ events: [...older, ...events], chain: unfinished })).toEqual([]);
    const later = events.filter(({ version }) => version > 3);
    expect(damageOf({ events: [bodyAt(2), ...later], chain: unfinished })).toEqual([["unchained", 2]]);
    expect(damageOf({ events: [bodyAt(2), ...later.slice(1)], chain: unfinished })).toEqual([["unchained", 2]]);
  });
});

describe("promise 8: what is left before an anchor", () => {
  it("is taken for a purge that goes on, if it leads to the anchor", () => {
    fc.assert(
      fc.property(scene, ({ whole, through, version }) => {
        const { chain } = purged(whole, through);
        const events = whole.events.filter((event) => event.version > version);
        const kept = headsOf(
          whole.events,
          whole.events.map((event) => event.version),
        );
        const { anchor } = chain;
        const unchecked = version - (version === through ? 1 : 0);
        expect(report({ events, chain, kept })).toMatchObject({
          damage: [],
          anchor,
          left: through - version,
          unchecked,
        });
      }),
    );
  });

  it("is damage, if one of it is edited, made anew, missing, or there twice", () => {
    fc.assert(
      fc.property(scene, ({ whole, through, version, isFirst }) => {
        const { chain } = purged(whole, through);
        const exchanged = (other: ChainedEvent) =>
          whole.events.map((event) => (event.version === version ? other : event));
        const edit = exchanged({ ...at(whole.events, version), ...MALLORY });
        expect(damageOf({ events: edit, chain })).toEqual([["edited", version]]);
        // Either of two whose link does not hold may be the one that was exchanged: the later one is named.
        const anew = damageOf({ events: exchanged(at(rewritten(whole, version).events, version)), chain });
        expect(anew).toEqual([["broken", Math.min(version + 1, through)]]);
        const { chain: link, ...body } = at(whole.events, version);
        const odd = exchanged({ ...body, chain: { ...link, hash: "f".repeat(64) } });
        expect(damageOf({ events: odd, chain })).toEqual([["broken", Math.min(version + 1, through)]]);
        const gone = whole.events.filter((event) => event.version !== version);
        expect(damageOf({ events: gone, chain })).toEqual(version === 1 ? [] : [["missing", version]]);
        const rival = linked(bodyAt(version, { id: "rival" }), "0".repeat(64));
        expect(damageOf({ events: beside(whole.events, rival, isFirst), chain })).toEqual([["duplicate", version]]);
        expect(damageOf({ events: beside(edit, rival, isFirst), chain })).toEqual([
          ["duplicate", version],
          ["edited", version],
        ]);
      }),
    );
  });

  it("is damage, if it was made up of nothing", () => {
    fc.assert(
      fc.property(scene, ({ whole, through, version }) => {
        const { events, chain } = purged(whole, through);
        const made = linked(bodyAt(version, MALLORY), null);
        const kind = version === through ? "broken" : "missing";
        const where = version === through ? version : version + 1;
        expect(damageOf({ events: [made, ...events], chain })).toEqual([[kind, where]]);
        const [, ...later] = rewritten(whole, 1).events.filter((event) => event.version <= through);
        const expected = later.length === 0 ? [] : [["broken", through]];
        expect(damageOf({ events: [...later, ...events], chain })).toEqual(expected);
      }),
    );
  });

  it("is damage, if the first of all does not begin the chain, or an erased body is told of by nothing", () => {
    const whole = aChain(4);
    const { chain } = purged(whole, 3);
    const first = at(whole.events, 1);
    const { chain: link, ...body } = first;
    const other = { ...linked({ ...body, ...MALLORY }, null) };
    const posing = { ...other, chain: { ...other.chain, hash: link.hash } };
    expect(damageOf({ events: [posing, ...whole.events.slice(1)], chain })).toEqual([["broken", 1]]);
    const erased = whole.events.map((event) => (event.version === 2 ? erasedOf(event) : event));
    expect(damageOf({ events: erased, chain })).toEqual([["erased", 2]]);
    const recorded = withErasure(whole, 2);
    expect(damageOf({ events: recorded.events, chain: purged(recorded, 3).chain })).toEqual([]);
  });

  it("is compared with kept heads, and those of what is gone are counted", () => {
    fc.assert(
      fc.property(scene, ({ whole, through, version }) => {
        const forged = rewritten(whole, version);
        const { chain } = purged(forged, through);
        const kept = headsOf(whole.events, [version]);
        expect(damageOf({ events: forged.events, chain, kept })).toEqual([["rewritten", version]]);
        const { events } = purged(forged, through);
        const { damage, unchecked } = report({ events, chain, kept });
        expect([damage.length, unchecked]).toEqual(version === through ? [1, 0] : [0, 1]);
      }),
    );
  });
});

describe("promise 8: two events of one version", () => {
  it("are an edit and another one, if the one that is hashed right was edited", () => {
    fc.assert(
      fc.property(scene, ({ whole: { events, chain }, version, isFirst }) => {
        const edit = events.map((event) => (event.version === version ? { ...event, ...MALLORY } : event));
        const rival = linked(bodyAt(version, { id: "rival" }), "1".repeat(64));
        expect(damageOf({ events: beside(edit, rival, isFirst), chain })).toEqual([
          ["duplicate", version],
          ["edited", version],
        ]);
      }),
    );
  });

  it("are one, if they are equal or one is the other erased; whichever comes first", () => {
    fc.assert(
      fc.property(scene, ({ whole, version, isFirst }) => {
        const before = at(whole.events, version);
        const { events, chain } = withErasure(whole, version);
        const again = { ...erasedOf(before), data: {} };
        for (const copy of [before, again]) {
          const found = report({ events: beside(events, copy, isFirst), chain });
          expect(found).toMatchObject({ events: events.length, erased: 1, damage: [] });
        }
      }),
    );
  });

  it("are damage, if one was edited, before or after it was erased, whichever comes first", () => {
    fc.assert(
      fc.property(scene, ({ whole, version, isFirst }) => {
        const before = at(whole.events, version);
        const erasure = withErasure(whole, version);
        const edit = { ...before, ...MALLORY };
        for (const { events, chain } of [whole, erasure]) {
          expect(damageOf({ events: beside(events, edit, isFirst), chain })).toEqual([["edited", version]]);
        }
        const filled = { ...erasedOf(before), data: { n: 9 } };
        expect(damageOf({ events: beside(erasure.events, filled, isFirst), chain: erasure.chain })).toEqual([
          ["edited", version],
        ]);
      }),
    );
  });
});

describe("promise 8: a purge that nobody recorded", () => {
  const whole = aChain(5);
  const { events, chain } = purged(whole, 3);
  const unrecorded = [["unrecorded", 3]];

  it("is damage where a chain begins at an anchor, and not where it does not", () => {
    expect(damageOf({ events, chain, purgedBefore: null })).toEqual(unrecorded);
    expect(damageOf({ events, chain, purgedBefore: NOW + 4 })).toEqual([]);
    expect(damageOf({ events, chain })).toEqual([]);
    expect(damageOf({ ...whole, purgedBefore: null })).toEqual([]);
  });

  it("is damage where a seal shows that what it took came later than any purge went", () => {
    const [two, three] = headsOf(whole.events, [2, 3]).map((head) => ({ ...head, sealedAt: NOW + 2 * DAY_MS }));
    if (two === undefined || three === undefined) throw new Error("no heads");
    expect(damageOf({ events, chain, purgedBefore: NOW + 10, kept: [two] })).toEqual(unrecorded);
    expect(damageOf({ events, chain, purgedBefore: NOW + DAY_MS, kept: [two] })).toEqual(unrecorded);
    expect(damageOf({ events, chain, purgedBefore: NOW + DAY_MS + 1, kept: [two] })).toEqual([]);
    expect(damageOf({ events, chain, purgedBefore: NOW + 10, kept: [three] })).toEqual([]);
    expect(damageOf({ events, chain, purgedBefore: NOW + 10, kept: headsOf(whole.events, [2]) })).toEqual([]);
  });

  it("is damage where what it left is not old enough for any", () => {
    expect(damageOf({ events: whole.events, chain, purgedBefore: NOW + 4 })).toEqual([]);
    expect(damageOf({ events: whole.events, chain, purgedBefore: NOW + 3 })).toEqual(unrecorded);
  });

  it("is looked up among the records: the farthest counts, none beyond its own time", () => {
    expect(purgedBefore([])).toBeNull();
    expect(purgedBefore(whole.events)).toBeNull();
    const notes = [purgeNote(NOW - 5, NOW), purgeNote(NOW - 9, NOW + 1)];
    expect(purgedBefore(notes)).toBe(NOW - 5);
    expect(purgedBefore([...notes].reverse())).toBe(NOW - 5);
    expect(purgedBefore([purgeNote(NOW + 5, NOW)])).toBe(NOW);
    expect(purgedBefore([{ ...purgeNote(NOW - 5, NOW), data: {}, erasedAt: NOW + 1 }])).toBe(NOW);
  });
});

it("promise 8: an anchor to which the key has never come is damage, and nothing else is for its sake", () => {
  const { events, chain } = aChain(5);
  const beyond = { ...chain, anchor: { version: 9, hash: "f".repeat(64) } };
  expect(damageOf({ events, chain: beyond })).toEqual([["anchor", 9]]);
});

describe("promise 8: a copy that began after a purge", () => {
  it("is compared with kept heads where it begins, though nothing has come since", () => {
    const [three] = headsOf(aChain(3).events, [3]);
    if (three === undefined) throw new Error("no head");
    const kept = [three];
    expect(damageOf({ events: [], anchor: three, kept })).toEqual([]);
    expect(damageOf({ events: [], anchor: { ...three, hash: "f".repeat(64) }, kept })).toEqual([["rewritten", 3]]);
  });

  it("is verified offline from the head up to which the purge went, and not from any other", () => {
    fc.assert(
      fc.property(scene, ({ whole, through, version }) => {
        const { events } = purged(whole, through);
        const { chain } = at(whole.events, through);
        const anchor = { version: through, hash: chain.hash };
        expect(report({ events, anchor })).toMatchObject({ anchor, damage: [] });
        if (events.length === 0) return;
        expect(damageOf({ events })).toEqual([["missing", 1]]);
        const elsewhere = { version: through, hash: "0".repeat(64) };
        expect(damageOf({ events, anchor: elsewhere })).toEqual([["broken", through + 1]]);
        const early = { version, hash: chain.hash };
        if (version < through) expect(damageOf({ events, anchor: early })).toEqual([["missing", version + 1]]);
      }),
    );
  });

  it("cannot begin at a hash that is none", () => {
    const made = linked(bodyAt(4), null);
    expect(damageOf({ events: [made], anchor: { version: 3, hash: "" } })).toEqual([["broken", 4]]);
  });
});
